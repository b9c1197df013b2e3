import type { Profile } from "../../../domain/user.ts";

/** A question that was asked, and what was answered. */
export interface CustomRound {
  readonly parameters: Readonly<Record<string, string>>;
  readonly isRight: boolean;
}

/** The state of a sign-in by custom challenges. */
export interface CustomState {
  /** The user, unless there is none of that name: go on as if there were, since nobody must see the difference. */
  readonly user: Profile | undefined;
  /** The rounds so far, oldest first. */
  readonly rounds: readonly CustomRound[];
}

/** The next step: a question, tokens, or the end. */
export type CustomStep =
  | {
      readonly action: "ask";
      /** The parameters that the client is shown. */
      readonly parameters: Readonly<Record<string, string>>;
      /** The right answer. */
      readonly expected: string;
    }
  | { readonly action: "admit" | "refuse" };

/** Challenges of the operator's own, as the three Lambda triggers of Amazon Cognito's make them. */
export interface CustomChallenge {
  /**
   * Decides the next step. An error that it throws is `provider_extension_failed`. A user who does not exist is never
   * admitted.
   */
  next(state: CustomState): CustomStep | Promise<CustomStep>;
}

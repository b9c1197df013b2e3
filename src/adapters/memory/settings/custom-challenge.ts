import type { Profile } from "../../../domain/user.ts";

/** A question that was asked, and what was answered; or another proof that came before the questions. */
export interface CustomRound {
  readonly parameters: Readonly<Record<string, string>>;
  readonly isRight: boolean;
  /** The name of another proof, where that was no question of the operator's own. */
  readonly proof?: string;
  /** A note of the operator's on the question. */
  readonly metadata?: string;
}

/** The state of a sign-in by custom challenges. */
export interface CustomState {
  /** The name that the sign-in was begun with. */
  readonly username: string;
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
      /** The right answer, or what it takes to check one. */
      readonly expected: string;
      /** To be remembered with the round. */
      readonly metadata?: string;
    }
  | { readonly action: "admit" | "refuse" };

/** Challenges of the operator's own, as the three Lambda triggers of Amazon Cognito's make them. */
export interface CustomChallenge {
  /**
   * Decides the next step. An error that it throws is `provider_extension_failed`. A user who does not exist is never
   * admitted.
   */
  next(state: CustomState): CustomStep | Promise<CustomStep>;
  /**
   * Tells whether an answer is right. What it throws is `provider_extension_failed`.
   *
   * @default whether it is the expected text
   */
  check?(state: CustomState, question: CustomQuestion, answer: string): boolean | Promise<boolean>;
}

/** A question that waits for its answer. */
export type CustomQuestion = Omit<Extract<CustomStep, { readonly action: "ask" }>, "action">;

import * as base64url from "jose/base64url";
import type { ChallengeAnswer, JsonObject } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { SignInResult } from "../../../domain/session.ts";
import type { Clock, Sessions } from "../../../ports/index.ts";
import { type AnswerCounts, usualSessionSeconds } from "./answer-counts.ts";
import { chooseFactor } from "./challenge-answers.ts";
import { type ChallengeParameters, readQuestion } from "./challenge-question.ts";
import type { ChallengeSeal, PendingChallenge } from "./challenge-session.ts";
import type { PasswordlessStart } from "./passwordless-start.ts";

/**
 * The questions that users of a pool are asked, which no adapter can know. Of use only to app clients that tell who
 * exists (`PreventUserExistenceErrors` is `LEGACY`, as in its API's default): with `ENABLED` Cognito itself asks them
 * of names that nobody has, or has the pool's triggers ask.
 */
export interface UnknownUserQuestions {
  /**
   * Gives the parameters of the custom challenge for a name that nobody has, at first and again after each answer, as
   * the pool's triggers do for users; or nothing, which refuses whoever asks.
   *
   * @default refuses: a sign-in that users are asked something in tells who exists
   */
  readonly customChallengeForUnknown?:
    | ((asked: UnknownUserRound) => ChallengeParameters | undefined)
    | undefined;
  /**
   * By which the pool asks for a passkey, but for the `challenge`: `rpId`, `timeout`, `userVerification`.
   *
   * @default a name that nobody has gets a choice without a passkey, as users get it who have none
   */
  readonly passkeyOptionsForUnknown?: JsonObject | undefined;
}

type FactorChoice = Extract<ChallengeAnswer, { readonly type: "select_factor" }>;

/** The state of a custom sign-in under a name that nobody has. */
export interface UnknownUserRound {
  readonly username: string;
  /** The number of answers before. */
  readonly round: number;
  /** The last of them. */
  readonly answer?: string;
}

/** The parts of a sign-in that challenges for names that nobody has are made with. */
export interface UnknownUserContext {
  readonly clock: Clock;
  readonly seal: ChallengeSeal;
  readonly counts: AnswerCounts;
  readonly questions: UnknownUserQuestions;
  /** By Cognito's names. */
  readonly choice: readonly string[];
  /** Begins a sign-in. */
  readonly signIn: Sessions["signIn"];
}

/** The challenges for names that nobody has, so that an app client which tells who exists does not tell it here. */
export interface UnknownUsers {
  /**
   * Gives the challenge that a user would get.
   *
   * @throws {IdentityError} `invalid_credentials` — it is not known what users are asked, or they are refused
   */
  ask(username: string, start: PasswordlessStart): Promise<SignInResult>;
  /** Takes an answer as a user's would be taken who does not know the right one. */
  answer(
    session: string,
    pending: PendingChallenge,
    answer: ChallengeAnswer,
  ): Promise<SignInResult>;
}

/** Makes the challenges for names that nobody has. */
export function createUnknownUsers(context: UnknownUserContext): UnknownUsers {
  const { questions, choice, counts, clock } = context;

  async function ask(
    asked: Pick<PendingChallenge, "name" | "username" | "offered" | "round">,
    parameters: ChallengeParameters = {},
  ): Promise<SignInResult> {
    const account = asked.username;
    const pending = { ...asked, account, session: "", madeUpAt: clock.now(), isProven: false };
    const session = await context.seal.close(pending);
    return { status: "challenge", challenge: { ...readQuestion(pending, parameters), session } };
  }

  async function askCustom(asked: UnknownUserRound): Promise<SignInResult> {
    const parameters = questions.customChallengeForUnknown?.(asked);
    if (!parameters) throw new IdentityError("invalid_credentials");
    const { username, round } = asked;
    return ask({ name: "CUSTOM_CHALLENGE", username, round }, parameters);
  }

  /**
   * Begins a sign-in with the factor that was chosen: as many calls are made as for a user, and whoever has signed up
   * meanwhile gets in.
   */
  function choose(pending: PendingChallenge, { factor, password }: FactorChoice) {
    chooseFactor(pending, factor);
    const { username } = pending;
    return context.signIn({ username, factor, ...(password !== undefined && { password }) });
  }

  return {
    async ask(username, { flow, preferred }) {
      const { passkeyOptionsForUnknown: options } = questions;
      if (flow === "CUSTOM_AUTH") return askCustom({ username, round: 0 });
      if (preferred === "WEB_AUTHN" && options) {
        const challenge = base64url.encode(crypto.getRandomValues(new Uint8Array(32)));
        const CREDENTIAL_REQUEST_OPTIONS = JSON.stringify({ ...options, challenge });
        return ask({ name: preferred, username }, { CREDENTIAL_REQUEST_OPTIONS });
      }
      if (preferred !== undefined && preferred !== "WEB_AUTHN")
        return ask({ name: preferred, username });
      return ask({ name: "SELECT_CHALLENGE", username, offered: choice });
    },

    async answer(session, pending, answer) {
      const { username, madeUpAt = 0, round = 0 } = pending;
      if (clock.now() - madeUpAt > usualSessionSeconds * 1000)
        throw new IdentityError("challenge_expired");
      if (answer.type === "passkey") throw new IdentityError("passkey_rejected");
      if (answer.type !== "custom" && answer.type !== "select_factor")
        throw new IdentityError("code_mismatch");
      if (await counts.hasGoneOn(session)) throw new IdentityError("challenge_expired");
      const next = await (answer.type === "custom"
        ? askCustom({ username, round: round + 1, answer: answer.answer })
        : choose(pending, answer));
      await counts.goOn(session);
      return next;
    },
  };
}

import type { ChallengeAnswer } from "../../../domain/challenge.ts";
import { IdentityError, isIdentityError } from "../../../domain/errors.ts";
import type { SignInResult } from "../../../domain/session.ts";
import type { Sessions, SignInInput } from "../../../ports/index.ts";
import type { Secrets } from "../../shared/secrets.ts";
import { challengeTypeOf } from "../answers/challenge-names.ts";
import type { AppClient } from "../wire/app-client.ts";
import { createAnswerCounts, type SharedCounter } from "./answer-counts.ts";
import type { AuthOutcome, SentAlong } from "./auth-calls.ts";
import { readAuthOutcome } from "./auth-outcome.ts";
import {
  type Authentication,
  type AuthenticationSettings,
  createAuthentication,
} from "./authentication.ts";
import {
  type CognitoAnswer,
  chooseFactor,
  translateRefusal,
  writeAnswer,
} from "./challenge-answers.ts";
import { createChallengeSeal, type PendingChallenge } from "./challenge-session.ts";
import {
  type PasswordlessSettings,
  passwordlessStart,
  usualFactorNames,
} from "./passwordless-start.ts";
import { finishTotpSetUp, startTotpSetUp } from "./totp-set-up.ts";
import {
  createUnconfirmedGuard,
  passThroughGuard,
  type UnconfirmedPolicy,
} from "./unconfirmed-accounts.ts";
import { createUnknownUsers, type UnknownUserQuestions } from "./unknown-users.ts";

/** The settings by which users sign in. */
export interface SignInSettings
  extends AuthenticationSettings,
    PasswordlessSettings,
    UnknownUserQuestions {
  /** The secrets that seal the sessions of challenges. @default those of the client */
  readonly challengeSecret?: Secrets | undefined;
  /** Whether anyone may hear that an account is not confirmed. @default "hidden" */
  readonly unconfirmed?: UnconfirmedPolicy | undefined;
  /** The counter that all instances of the service share. @default each counts answers for itself */
  readonly counter?: SharedCounter | undefined;
}

/** Makes the facet through which sessions begin. */
export function createSignIn(
  app: AppClient,
  settings: SignInSettings,
): Pick<Sessions, "signIn" | "answerChallenge" | "resendChallengeCode"> {
  const { clock, capabilities } = settings;
  const authenticationBy = (request: AppClient) => createAuthentication(request, settings);
  const seal = createChallengeSeal(app.clientId, settings.challengeSecret ?? app.clientSecrets);
  const choice = usualFactorNames(capabilities);
  const context = { clientSecrets: app.clientSecrets, clock, seal, choice };
  const counts = createAnswerCounts(clock, settings.counter);
  const isTold = settings.unconfirmed === "told";
  const guarded = isTold ? passThroughGuard : createUnconfirmedGuard();
  const unknownUsers = createUnknownUsers({
    clock,
    seal,
    counts,
    choice,
    questions: settings,
    signIn,
  });

  async function signIn(input: SignInInput): Promise<SignInResult> {
    const { username, password, factor, ...along } = input;
    const authentication = authenticationBy(app.forOneRequest(along));
    if (password !== undefined) {
      const begun = authentication.byPassword(username, password, along);
      const outcome = await guarded(username, begun, authentication);
      return readAuthOutcome(outcome, context, { isProven: true, account: username });
    }
    const start = passwordlessStart(factor, settings);
    try {
      const outcome = await authentication.byFlow(start, username, along);
      // So Cognito answers for a factor that the user lacks; others hear no more of that than of a name that nobody has.
      const isLacking = outcome.answer.ChallengeName === "SELECT_CHALLENGE";
      if (isLacking && start.preferred) return await unknownUsers.ask(username, start);
      return await readAuthOutcome(outcome, context, { isProven: false, account: username });
    } catch (error) {
      if (!isIdentityError(error, ...told)) throw error;
      return unknownUsers.ask(username, start);
    }
  }

  return {
    signIn,

    // Cognito has no way to: whoever wants another code signs in anew.
    async resendChallengeCode() {
      throw new IdentityError("not_supported");
    },

    async answerChallenge({ session, answer, ...along }) {
      // Cognito has no recovery codes.
      if (answer.type === "recovery_code") throw new IdentityError("not_supported");
      const pending = await seal.open(session);
      if (!pending || challengeTypeOf(pending.name) !== answer.type) {
        throw new IdentityError("challenge_expired");
      }
      if ("code" in answer) await counts.countCode(session);
      if (pending.madeUpAt !== undefined) return unknownUsers.answer(session, pending, answer);
      if (pending.madeUp && answer.type === "select_factor") {
        if (await counts.hasGoneOn(session)) throw new IdentityError("challenge_expired");
        const isMadeUp = pending.madeUp.includes(chooseFactor(pending, answer.factor));
        if (isMadeUp)
          return unknownUsers.answer(session, { ...pending, madeUpAt: clock.now() }, answer);
      }
      if (answer.type === "mfa_setup" && "method" in answer.step && !namesAddress(answer)) {
        const started = startTotpSetUp(app, seal, pending, answer.step.method);
        return await started.catch((error) => {
          throw translateRefusal(error, answer.type);
        });
      }
      const request = app.forOneRequest(along);
      const authentication = authenticationBy(request);
      const answered = goOn(request, authentication, { ...pending, ...along }, answer);
      const isGuess = answer.type === "select_factor" && answer.factor === "password";
      const outcome = await (isGuess
        ? guarded(pending.account, answered, authentication)
        : answered);
      const isProven = pending.isProven || showsFactor(answer);
      return readAuthOutcome(outcome, context, { ...pending, isProven });
    },
  };
}

/** The codes that tell of an account. They are for whoever has shown its password, and nobody else. */
const told = [
  "invalid_credentials",
  "user_not_confirmed",
  "password_reset_required",
  "mfa_not_available",
] as const;

async function goOn(
  app: AppClient,
  authentication: Authentication,
  pending: PendingChallenge & SentAlong,
  answer: CognitoAnswer,
): Promise<AuthOutcome> {
  const responses = writeAnswer(pending, answer);
  try {
    if (answer.type === "mfa_setup" && "code" in answer.step) {
      const session = await finishTotpSetUp(app, pending, answer.step);
      return await authentication.respond({ ...pending, session }, responses);
    }
    const { PASSWORD: password, ...rest } = responses;
    const isBySrp = [pending.name, responses.ANSWER].includes("PASSWORD_SRP");
    if (!isBySrp || password === undefined) return await authentication.respond(pending, responses);
    return await authentication.respondBySrp(pending, rest, password);
  } catch (error) {
    if (namesAddress(answer) && isIdentityError(error, "validation_failed")) {
      const violations = [{ path: ["address"], reason: "invalid_format" }];
      throw new IdentityError("validation_failed", { violations, cause: error.cause });
    }
    throw translateRefusal(error, answer.type);
  }
}

/**
 * True of codes by mail: of the methods that are set up inside of a sign-in they take an address, and the app a secret
 * of Cognito's.
 */
function namesAddress(answer: ChallengeAnswer): boolean {
  return (
    answer.type === "mfa_setup" && "method" in answer.step && answer.step.method === "email_code"
  );
}

/** Whether an answer that was taken proves who the user is: one that merely chooses does not, nor does just any custom one. */
function showsFactor(answer: ChallengeAnswer): boolean {
  if (answer.type === "select_factor") return answer.factor === "password";
  return answer.type !== "custom";
}

import type { Capability } from "../../domain/capabilities.ts";
import type { ChallengeAnswer, SignInFactor } from "../../domain/challenge.ts";
import { IdentityError, isIdentityError } from "../../domain/errors.ts";
import type { SignInResult } from "../../domain/session.ts";
import type { Sessions, SignInInput } from "../../ports/index.ts";
import type { AppClient } from "./app-client.ts";
import type { Step } from "./auth-calls.ts";
import {
  type Authentication,
  type AuthenticationSettings,
  createAuthentication,
} from "./authentication.ts";
import { translateRefusal, writeAnswer } from "./challenge-answers.ts";
import { challengeTypeOf } from "./challenge-names.ts";
import { createChallengeSeal, type PendingChallenge } from "./challenge-session.ts";
import { readStep, type StepContext } from "./steps.ts";
import { finishTotpSetUp, startTotpSetUp } from "./totp-set-up.ts";

/** How users sign in. */
export interface SignInSettings extends AuthenticationSettings {
  readonly capabilities: ReadonlySet<Capability>;
  /** What closes the sessions of challenges. @default the client's secret */
  readonly challengeSecret?: string | undefined;
}

/** Makes the facet through which sessions begin. */
export function createSignIn(
  app: AppClient,
  settings: SignInSettings,
): Pick<Sessions, "signIn" | "answerChallenge"> {
  const authentication = createAuthentication(app, settings);
  const seal = createChallengeSeal(app.clientId, settings.challengeSecret ?? app.clientSecret);
  const context = { clientSecret: app.clientSecret, clock: settings.clock, seal };
  return {
    async signIn(input) {
      try {
        const step = await begin(authentication, settings, input);
        return await readStep(step, context, { isProven: input.password !== undefined });
      } catch (error) {
        if (input.password !== undefined || !isIdentityError(error, ...told)) throw error;
        if (isCodeFactor(input.factor))
          return madeUpChallenge(context, input.username, input.factor);
        throw new IdentityError("invalid_credentials", { cause: error.cause });
      }
    },

    async answerChallenge({ session, answer }) {
      const pending = await seal.open(session);
      if (!pending || challengeTypeOf(pending.name) !== answer.type) {
        throw new IdentityError("challenge_expired");
      }
      if (pending.madeUpAt !== undefined) {
        const isOver = settings.clock.now() - pending.madeUpAt > usualSessionMs;
        throw new IdentityError(isOver ? "challenge_expired" : "code_mismatch");
      }
      if (answer.type === "mfa_setup" && "method" in answer.step) {
        const started = startTotpSetUp(app, seal, pending, answer.step.method);
        return await started.catch((error) => {
          throw translateRefusal(error, answer.type);
        });
      }
      const step = await goOn(app, authentication, pending, answer);
      return readStep(step, context, { isProven: pending.isProven || showsFactor(answer) });
    },
  };
}

const preferences = {
  email_code: { capability: "email_code_sign_in", challenge: "EMAIL_OTP" },
  sms_code: { capability: "sms_code_sign_in", challenge: "SMS_OTP" },
  passkey: { capability: "passkeys", challenge: "WEB_AUTHN" },
} as const satisfies Partial<Record<SignInFactor, { capability: Capability; challenge: string }>>;

/** What tells of an account. It is for whoever has shown its password, and nobody else. */
const told = ["invalid_credentials", "user_not_confirmed", "password_reset_required"] as const;

/** `AuthSessionValidity`, as app clients have it that do not say. */
const usualSessionMs = 180_000;

type CodeFactor = "email_code" | "sms_code";

function isCodeFactor(factor: SignInFactor | undefined): factor is CodeFactor {
  return factor === "email_code" || factor === "sms_code";
}

/**
 * Gives the challenge that a user would get for a name that nobody has: an app client that tells who exists
 * (`PreventUserExistenceErrors` is `LEGACY`, as in its API's default) tells it here before anything was proven.
 */
async function madeUpChallenge(
  { seal, clock }: StepContext,
  username: string,
  type: CodeFactor,
): Promise<SignInResult> {
  const pending = { name: preferences[type].challenge, username, isProven: false };
  const session = await seal.close({ ...pending, session: "", madeUpAt: clock.now() });
  return { status: "challenge", challenge: { type, session } };
}

async function begin(
  { byPassword, byFlow }: Authentication,
  { authFlow, capabilities }: SignInSettings,
  { username, password, factor }: SignInInput,
): Promise<Step> {
  if (password !== undefined) return byPassword(username, password);
  if (factor === "password") {
    const violations = [{ path: ["password"], reason: "required" }];
    throw new IdentityError("validation_failed", { violations });
  }
  if (factor === undefined) {
    const offersChoice = Object.values(preferences).some((one) => capabilities.has(one.capability));
    if (offersChoice || authFlow === "USER_AUTH") return byFlow("USER_AUTH", username);
  } else if (factor in preferences) {
    const { capability, challenge } = preferences[factor as keyof typeof preferences];
    if (capabilities.has(capability)) return byFlow("USER_AUTH", username, challenge);
  }
  const canBeCustom = factor === undefined || factor === "custom";
  if (!canBeCustom || !capabilities.has("custom_challenges")) {
    throw new IdentityError("not_supported");
  }
  return byFlow("CUSTOM_AUTH", username);
}

async function goOn(
  app: AppClient,
  authentication: Authentication,
  pending: PendingChallenge,
  answer: ChallengeAnswer,
): Promise<Step> {
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
    throw translateRefusal(error, answer.type);
  }
}

/** Whether an answer that was taken proves who the user is: one that merely chooses does not, nor does just any custom one. */
function showsFactor(answer: ChallengeAnswer): boolean {
  if (answer.type === "select_factor") return answer.factor === "password";
  return answer.type !== "custom";
}

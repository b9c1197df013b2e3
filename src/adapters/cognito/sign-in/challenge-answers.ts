import type {
  ChallengeAnswer,
  ChallengeType,
  MfaMethod,
  SignInFactor,
} from "../../../domain/challenge.ts";
import { IdentityError, type IdentityErrorCode, isIdentityError } from "../../../domain/errors.ts";
import { withoutBlanks } from "../answers/attributes.ts";
import { factorOf, mfaMethodOf } from "../answers/challenge-names.ts";
import { weakPassword } from "../errors/invalid-password.ts";
import type { PendingChallenge } from "./challenge-session.ts";

/** `ChallengeResponses`, without the user's name and the hash. */
export type ChallengeResponses = Readonly<Record<string, string>>;

/** An answer of the challenge's own type: Cognito takes no other. */
export type CognitoAnswer = Exclude<ChallengeAnswer, { readonly type: "recovery_code" }>;

/**
 * Writes an answer as Cognito takes it.
 *
 * @throws {IdentityError} `mfa_not_available` `validation_failed` — what was chosen was not offered
 * @throws {IdentityError} `password_policy_violation` — the password has white space at an end
 */
export function writeAnswer(pending: PendingChallenge, answer: CognitoAnswer): ChallengeResponses {
  switch (answer.type) {
    case "totp":
    case "sms_code":
    case "email_code":
      return { [`${pending.name}_CODE`]: answer.code };
    case "new_password":
      return {
        NEW_PASSWORD: checkEnds(answer.newPassword),
        ...Object.fromEntries(
          Object.entries(withoutBlanks(answer.attributes)).map(([name, value]) => [
            `userAttributes.${name}`,
            value,
          ]),
        ),
      };
    case "select_mfa":
      return { ANSWER: chooseMethod(pending, answer.method) };
    case "select_factor":
      return writeFactor(pending, answer.factor, answer.password);
    case "passkey":
      return { CREDENTIAL: JSON.stringify(answer.credential) };
    case "custom":
      return { ANSWER: answer.answer };
    case "mfa_setup":
      return "method" in answer.step ? writeAddress(pending, answer.step) : {};
  }
}

/**
 * Expects of a password what Cognito expects wherever it has a member of its own, and not in this map:
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html
 */
function checkEnds(password: string): string {
  if (/^[^ \t\n\v\f\r]+.*[^ \t\n\v\f\r]+$/.test(password)) return password;
  const { code, violations } = weakPassword("answerChallenge", ["rejected"]);
  throw new IdentityError(code, { violations: violations ?? [] });
}

/**
 * The address of a second factor that sends codes there.
 *
 * @see https://github.com/aws-amplify/amplify-js/issues/14013
 */
function writeAddress(
  { offered = [] }: PendingChallenge,
  { method, address }: { readonly method: MfaMethod; readonly address?: string },
): ChallengeResponses {
  if (method !== "email_code" || !offered.some((name) => mfaMethodOf(name) === method))
    throw new IdentityError("mfa_not_available");
  if (address === undefined) throw invalid("address", "required");
  return { EMAIL: address };
}

/** Cognito's guide and its API differ in the name for mail, so what goes back is what was offered. */
function chooseMethod({ offered = [] }: PendingChallenge, method: unknown): string {
  const name = offered.find((offer) => mfaMethodOf(offer) === method);
  if (name === undefined) throw new IdentityError("mfa_not_available");
  return name;
}

function writeFactor(
  pending: PendingChallenge,
  factor: SignInFactor,
  password: string | undefined,
): ChallengeResponses {
  const name = chooseFactor(pending, factor);
  if (factor !== "password") return { ANSWER: name };
  if (password === undefined) throw invalid("password", "required");
  return pending.name === "PASSWORD"
    ? { PASSWORD: password }
    : { ANSWER: name, PASSWORD: password };
}

/** Tells by which of Cognito's names a factor was offered. */
export function chooseFactor({ offered = [] }: PendingChallenge, factor: SignInFactor): string {
  const names = offered.filter((offer) => factorOf(offer) === factor);
  const name = names.find((offer) => offer === "PASSWORD") ?? names[0];
  if (name === undefined) throw invalid("factor", "not_offered");
  return name;
}

function invalid(member: string, reason: string): IdentityError {
  return new IdentityError("validation_failed", { violations: [{ path: [member], reason }] });
}

type Meanings = Partial<Record<IdentityErrorCode, IdentityErrorCode>>;

const sentCode: Meanings = {
  validation_failed: "code_mismatch",
  invalid_credentials: "challenge_expired",
};

/**
 * The meaning of a refusal to a challenge of each type, where that is not what it means to most of them. A code of an
 * authenticator app that was used before is an expired one to Cognito, which it is not to its user: the next one works.
 */
const meanings: Partial<Record<ChallengeType, Meanings>> = {
  totp: { ...sentCode, code_expired: "code_mismatch" },
  sms_code: sentCode,
  email_code: sentCode,
  mfa_setup: { ...sentCode, code_expired: "code_mismatch" },
  new_password: { attribute_not_writable: "validation_failed" },
  select_factor: {
    validation_failed: "invalid_credentials",
    password_policy_violation: "invalid_credentials",
  },
  passkey: { validation_failed: "passkey_rejected", invalid_credentials: "passkey_rejected" },
  custom: { validation_failed: "invalid_credentials" },
};

/** Translates the refusal of an answer into its meaning to the challenge. */
export function translateRefusal(error: unknown, type: ChallengeType): unknown {
  if (!isIdentityError(error)) return error;
  const code = meanings[type]?.[error.code];
  return code === undefined ? error : new IdentityError(code, { cause: error.cause });
}

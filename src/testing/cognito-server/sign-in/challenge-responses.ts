import type {
  ChallengeAnswer,
  JsonObject,
  MfaMethod,
  SignInFactor,
} from "../../../domain/challenge.ts";
import { factorNames, mfaNames } from "../answers/factor-names.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { isMembers } from "../wire/wire.ts";

/** The responses that answer a challenge, by name. */
export type ChallengeResponses = Readonly<Record<string, string>>;

/** The name of the response that each challenge has its code in. */
const codeNames = {
  SOFTWARE_TOKEN_MFA: { type: "totp", name: "SOFTWARE_TOKEN_MFA_CODE" },
  SMS_MFA: { type: "sms_code", name: "SMS_MFA_CODE" },
  SMS_OTP: { type: "sms_code", name: "SMS_OTP_CODE" },
  EMAIL_OTP: { type: "email_code", name: "EMAIL_OTP_CODE" },
} as const;

/**
 * Reads what answers a challenge.
 *
 * @throws {CognitoException} `InvalidParameter` — something is missing, or stands for no choice
 */
export function readResponses(name: string, responses: ChallengeResponses): ChallengeAnswer {
  switch (name) {
    case "SOFTWARE_TOKEN_MFA":
    case "SMS_MFA":
    case "SMS_OTP":
    case "EMAIL_OTP": {
      const { type, name: member } = codeNames[name];
      return { type, code: requireResponse(responses, member) };
    }
    case "NEW_PASSWORD_REQUIRED":
      return {
        type: "new_password",
        newPassword: requireResponse(responses, "NEW_PASSWORD"),
        attributes: attributesIn(responses),
      };
    case "SELECT_MFA_TYPE":
      return { type: "select_mfa", method: mfaMethodNamed(requireResponse(responses, "ANSWER")) };
    case "MFA_SETUP":
      // Codes by mail alone are set up by naming an address; a text message's number is an administrator's to add.
      return {
        type: "mfa_setup",
        step: { method: "email_code", address: requireResponse(responses, "EMAIL") },
      };
    case "SELECT_CHALLENGE":
      return factorChoice(responses);
    case "WEB_AUTHN":
      return { type: "passkey", credential: parsed(requireResponse(responses, "CREDENTIAL")) };
    case "CUSTOM_CHALLENGE":
      return { type: "custom", answer: requireResponse(responses, "ANSWER") };
    default:
      throw invalidParameter(`Invalid challenge name: ${name}`);
  }
}

/** @throws {CognitoException} `InvalidParameter` — a response is missing */
export function requireResponse(responses: ChallengeResponses, name: string): string {
  const value = responses[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

function parsed(json: string): JsonObject {
  try {
    const value: unknown = JSON.parse(json);
    if (isMembers(value)) return value;
  } catch {
    // Not even JSON: no credential.
  }
  throw invalidParameter("CREDENTIAL is not valid.");
}

const attributePrefix = "userAttributes.";

function attributesIn(responses: ChallengeResponses): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(responses)
      .filter(([name]) => name.startsWith(attributePrefix))
      .map(([name, value]) => [name.slice(attributePrefix.length), value]),
  );
}

const mfaMethods = Object.keys(mfaNames) as MfaMethod[];

/** Cognito's guide calls codes by mail `EMAIL_MFA`, and its API `EMAIL_OTP`. */
function mfaMethodNamed(answer: string): MfaMethod {
  const method = mfaMethods.find((one) => mfaNames[one] === answer);
  if (method) return method;
  if (answer === "EMAIL_MFA") return "email_code";
  throw invalidParameter("Invalid MFA type.");
}

function factorChoice(responses: ChallengeResponses): ChallengeAnswer {
  const answer = requireResponse(responses, "ANSWER");
  const factor = (Object.keys(factorNames) as SignInFactor[]).find(
    (one) => factorNames[one] === answer,
  );
  if (!factor) throw invalidParameter("Invalid challenge answer.");
  if (factor !== "password") return { type: "select_factor", factor };
  return { type: "select_factor", factor, password: requireResponse(responses, "PASSWORD") };
}

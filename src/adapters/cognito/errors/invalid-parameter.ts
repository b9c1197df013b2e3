import type { IdentityErrorCode, Violation } from "../../../domain/errors.ts";
import {
  type ExceptionMeaning,
  type ExceptionReading,
  meaning,
  means,
  onAccessToken,
  onAdministration,
  type ProviderMethod,
} from "./exception-meaning.ts";
import { weakPassword } from "./invalid-password.ts";

/** Names no user, so far as the method is concerned. */
const noSuchUser: Partial<Record<ProviderMethod, IdentityErrorCode | undefined>> = {
  ...onAdministration("user_not_found"),
  createUser: undefined,
  signIn: "invalid_credentials",
  answerChallenge: "challenge_expired",
  confirmSignUp: "code_mismatch",
  resendConfirmation: "user_not_found",
  startPasswordReset: "user_not_found",
  resetPassword: "code_mismatch",
};

/**
 * The meaning of a value that breaks the model's constraints, by the name of its member; others are ours to set right.
 */
const readingOfMember: Readonly<Record<string, ExceptionReading>> = {
  username: badUsername,
  password: badPassword,
  proposedPassword: badPassword,
  previousPassword: means("invalid_credentials"),
  temporaryPassword: badPassword,
  confirmationCode: means("code_mismatch"),
  code: means("code_mismatch"),
  userCode: means("code_mismatch"),
  session: means("challenge_expired"),
  attributeName: badAttribute,
  groupName: means("group_not_found"),
  sessionId: means("not_found"),
  credentialId: means("not_found"),
  credential: means("passkey_rejected"),
  filter: () => invalid([{ path: ["filter"], reason: "invalid" }]),
  paginationToken: badCursor,
  nextToken: badCursor,
  accessToken: means("invalid_token"),
  refreshToken: means("invalid_refresh_token"),
  token: means("invalid_refresh_token"),
  userAttributes: badAttributes,
};

/** The meanings of other messages; the first row that fits counts. */
const rows: readonly (readonly [RegExp, ExceptionReading])[] = [
  [/current session/i, means("conflict")],
  // An empty text is none: of all that an answer consists of, it alone is written by the user without a rule.
  [/missing required parameter answer$/i, means("validation_failed")],
  [
    /secret|not enabled|not supported|missing required/i,
    means("provider_misconfigured", { setMfa: "mfa_not_available", resetMfa: "mfa_not_available" }),
  ],
  [/already confirmed/i, means("already_confirmed")],
  [/no registered\/verified/i, means("recovery_unavailable")],
  [/did not conform to the schema/i, (_method, message) => invalid(schemaViolations(message))],
  [/^user\.[\w:-]+: .*in the schema/i, (_method, message) => invalid(schemaViolations(message))],
  [/phone number format/i, () => invalid([badFormat("attributes", "phone_number")])],
  [/email address format/i, () => invalid([badFormat("attributes", "email")])],
  [/attributes given, .+ is missing/i, (_method, message) => invalid(missingAttribute(message))],
  [/non-mutable|cannot be (?:updated|modified)/i, means("attribute_not_writable")],
  [/^username (?:should|cannot)/i, badUsername],
  [/pagination ?token|next ?token/i, badCursor],
];

/** The meaning of any other message, for methods that have an input of their own to blame. */
const usualReadings: Partial<Record<ProviderMethod, ExceptionReading>> = {
  answerChallenge: badAttributes,
  updateAttributes: badAttributes,
  updateUser: badAttributes,
  createUser: badAttributes,
  startAttributeVerification: badAttribute,
  listUsers: badCursor,
  listUserGroups: badCursor,
};

const usual: Readonly<Record<ProviderMethod, IdentityErrorCode>> = {
  signUp: "validation_failed",
  confirmSignUp: "code_mismatch",
  resendConfirmation: "user_not_found",
  signIn: "provider_misconfigured",
  answerChallenge: "validation_failed",
  refresh: "invalid_refresh_token",
  signOut: "invalid_refresh_token",
  startPasswordReset: "recovery_unavailable",
  resetPassword: "code_mismatch",
  ...onAccessToken("invalid_token"),
  confirmAttribute: "code_mismatch",
  confirmTotp: "code_mismatch",
  setMfa: "mfa_not_available",
  endSession: "not_found",
  finishPasskeyRegistration: "passkey_rejected",
  deletePasskey: "not_found",
  ...onAdministration("validation_failed"),
  requirePasswordReset: "recovery_unavailable",
  resetMfa: "mfa_not_available",
};

/** Reads an `InvalidParameterException`, whose message may quote what the user sent. */
export function readInvalidParameter(method: ProviderMethod, message: string): ExceptionMeaning {
  if (/validation errors? detected/i.test(message)) {
    const [, member = ""] = /at '(\w+)[^']*' failed to satisfy/.exec(message) ?? [];
    const reading = Object.hasOwn(readingOfMember, member) ? readingOfMember[member] : undefined;
    return reading ? reading(method, message) : meaning("provider_misconfigured");
  }
  const row = rows.find(([words]) => words.test(message));
  const reading = row ? row[1] : usualReadings[method];
  return reading ? reading(method, message) : meaning(usual[method]);
}

function badUsername(method: ProviderMethod): ExceptionMeaning {
  const code = noSuchUser[method];
  return code ? meaning(code) : invalid([badFormat("username")]);
}

function badPassword(method: ProviderMethod): ExceptionMeaning {
  return method === "signIn" ? meaning("invalid_credentials") : weakPassword(method, ["rejected"]);
}

function badAttributes(): ExceptionMeaning {
  return invalid([{ path: ["attributes"], reason: "invalid" }]);
}

function badAttribute(): ExceptionMeaning {
  return invalid([{ path: ["attribute"], reason: "invalid" }]);
}

function badCursor(): ExceptionMeaning {
  return invalid([{ path: ["cursor"], reason: "invalid" }]);
}

function badFormat(...path: readonly string[]): Violation {
  return { path, reason: "invalid_format" };
}

function invalid(violations: readonly Violation[]): ExceptionMeaning {
  return { code: "validation_failed", violations };
}

/**
 * `Attributes did not conform to the schema: email: The attribute is required`, and one more line for each; of changes,
 * `user.custom:plan: Attribute does not exist in the schema.`
 */
function schemaViolations(message: string): readonly Violation[] {
  const [, list = message] = /schema:(.*)/s.exec(message) ?? [];
  return list.split("\n").flatMap((line) => {
    const [, name, problem] = /^\s*(?:user\.)?([\w:-]{1,32}):\s(.*)/.exec(line) ?? [];
    if (!name || !problem) return [];
    const reason = /required/i.test(problem) ? "required" : "invalid";
    return [{ path: ["attributes", name], reason }];
  });
}

/** `Invalid attributes given, email is missing` */
function missingAttribute(message: string): readonly Violation[] {
  const [, name = ""] = /given, ([\w:-]{1,32}) is missing/.exec(message) ?? [];
  return [{ path: name ? ["attributes", name] : ["attributes"], reason: "required" }];
}

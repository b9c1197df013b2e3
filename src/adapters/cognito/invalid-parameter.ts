import type { IdentityErrorCode, Violation } from "../../domain/errors.ts";
import {
  type Fault,
  fault,
  type Method,
  means,
  onAccessToken,
  onAdministration,
  type Reading,
} from "./fault.ts";
import { weakPassword } from "./password-policy.ts";

/** Names no user, so far as the method is concerned. */
const noSuchUser: Partial<Record<Method, IdentityErrorCode>> = {
  signIn: "invalid_credentials",
  confirmSignUp: "code_mismatch",
  resendConfirmation: "user_not_found",
  startPasswordReset: "user_not_found",
  resetPassword: "code_mismatch",
};

/** What a value that breaks the model's constraints means, by the name of its member; others are ours to set right. */
const readingOfMember: Readonly<Record<string, Reading>> = {
  username: badUsername,
  password: badPassword,
  proposedPassword: badPassword,
  previousPassword: means("invalid_credentials"),
  confirmationCode: means("code_mismatch"),
  accessToken: means("invalid_token"),
  refreshToken: means("invalid_refresh_token"),
  token: means("invalid_refresh_token"),
  userAttributes: () => invalid([{ path: ["attributes"], reason: "invalid" }]),
};

/** What other messages mean; the first row that fits counts. */
const rows: readonly (readonly [RegExp, Reading])[] = [
  [/secret|not enabled|not supported|missing required/i, means("provider_misconfigured")],
  [/already confirmed/i, means("already_confirmed")],
  [/no registered\/verified/i, means("recovery_unavailable")],
  [/did not conform to the schema/i, (_method, message) => invalid(schemaViolations(message))],
  [/phone number format/i, () => invalid([badFormat("attributes", "phone_number")])],
  [/email address format/i, () => invalid([badFormat("attributes", "email")])],
  [/^username (?:should|cannot)/i, badUsername],
];

const usual: Readonly<Record<Method, IdentityErrorCode>> = {
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
  ...onAdministration("validation_failed"),
};

/** Reads an `InvalidParameterException`, whose message may quote what the user sent. */
export function readInvalidParameter(method: Method, message: string): Fault {
  if (/validation errors? detected/i.test(message)) {
    const [, member = ""] = /at '(\w+)[^']*' failed to satisfy/.exec(message) ?? [];
    const reading = Object.hasOwn(readingOfMember, member) ? readingOfMember[member] : undefined;
    return reading ? reading(method, message) : fault("provider_misconfigured");
  }
  const row = rows.find(([words]) => words.test(message));
  return row ? row[1](method, message) : fault(usual[method]);
}

function badUsername(method: Method): Fault {
  const code = noSuchUser[method];
  return code ? fault(code) : invalid([badFormat("username")]);
}

function badPassword(method: Method): Fault {
  return method === "signIn" ? fault("invalid_credentials") : weakPassword(method, ["rejected"]);
}

function badFormat(...path: readonly string[]): Violation {
  return { path, reason: "invalid_format" };
}

function invalid(violations: readonly Violation[]): Fault {
  return { code: "validation_failed", violations };
}

/** `Attributes did not conform to the schema: email: The attribute is required`, and one more line for each. */
function schemaViolations(message: string): readonly Violation[] {
  const [, list = ""] = /schema:\s*(.*)$/s.exec(message) ?? [];
  return list.split("\n").flatMap((line) => {
    const [, name, problem] = /^\s*([\w:-]{1,32}):\s+(.*)$/.exec(line) ?? [];
    if (!name || !problem) return [];
    const reason = /required/i.test(problem) ? "required" : "invalid";
    return [{ path: ["attributes", name], reason }];
  });
}

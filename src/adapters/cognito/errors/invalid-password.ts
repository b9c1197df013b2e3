import type { Violation } from "../../../domain/errors.ts";
import { type ExceptionMeaning, meaning, type ProviderMethod } from "./exception-meaning.ts";

/** Rules of a password policy, by what Cognito says of a password that breaks them. */
const rules: readonly (readonly [RegExp, string])[] = [
  [/not long enough/i, "too_short"],
  [/uppercase/i, "missing_uppercase"],
  [/lowercase/i, "missing_lowercase"],
  [/numeric/i, "missing_digit"],
  [/symbol/i, "missing_symbol"],
];

/**
 * Reads an `InvalidPasswordException`: which rules of the pool's policy the password breaks, or merely that it is
 * refused, as one that is known to have leaked.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
 */
export function readInvalidPassword(method: ProviderMethod, message: string): ExceptionMeaning {
  // No policy applies to a password that is merely checked: it can only be wrong.
  if (method === "signIn") return meaning("invalid_credentials");
  const broken = rules.filter(([words]) => words.test(message)).map(([, reason]) => reason);
  return weakPassword(method, broken.length > 0 ? broken : ["rejected"]);
}

const members: Partial<Record<ProviderMethod, string>> = {
  signUp: "password",
  createUser: "temporaryPassword",
  setPassword: "password",
};

/** Gives the meaning for a password that may not be set, under the name that the method's input has for it. */
export function weakPassword(method: ProviderMethod, reasons: readonly string[]): ExceptionMeaning {
  const path = [members[method] ?? "newPassword"];
  const violations: readonly Violation[] = reasons.map((reason) => ({ path, reason }));
  return { code: "password_policy_violation", violations };
}

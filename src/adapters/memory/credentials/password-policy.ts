import { passwordMaxLength } from "../../../domain/credentials.ts";
import { IdentityError } from "../../../domain/errors.ts";
import { type RandomBytes, randomBelow } from "../../shared/random.ts";

/** The rules for new passwords. Letters and digits are those of ASCII, as in Amazon Cognito. */
export interface PasswordPolicy {
  /** In characters. */
  readonly minimumLength: number;
  readonly requireUppercase: boolean;
  readonly requireLowercase: boolean;
  readonly requireDigit: boolean;
  readonly requireSymbol: boolean;
}

const inventedLength = 16;

/**
 * The characters that count as symbols; so does a space that is neither first nor last.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html
 */
const symbol = /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+-]|(?<=.) (?=.)/s;

/**
 * Checks a new password.
 *
 * @param member - the input member that holds it, for the error
 * @throws {IdentityError} `password_policy_violation` — with a violation for each rule that it breaks
 */
export function checkPasswordPolicy(
  policy: PasswordPolicy,
  password: string,
  member: string,
): void {
  const length = [...password].length;
  const broken = {
    too_short: length < policy.minimumLength,
    too_long: length > passwordMaxLength,
    // A lone surrogate would be hashed as U+FFFD, and two different passwords be one.
    invalid_characters: !password.isWellFormed(),
    missing_uppercase: policy.requireUppercase && !/[A-Z]/.test(password),
    missing_lowercase: policy.requireLowercase && !/[a-z]/.test(password),
    missing_digit: policy.requireDigit && !/[0-9]/.test(password),
    missing_symbol: policy.requireSymbol && !symbol.test(password),
  };
  const violations = Object.entries(broken)
    .filter(([, isBroken]) => isBroken)
    .map(([reason]) => ({ path: [member], reason }));
  if (violations.length > 0) throw new IdentityError("password_policy_violation", { violations });
}

/** Makes up a password that the policy allows. */
export function inventPassword({
  passwordPolicy,
  randomBytes,
}: {
  readonly passwordPolicy: PasswordPolicy;
  readonly randomBytes: RandomBytes;
}): string {
  const length = Math.max(inventedLength, passwordPolicy.minimumLength);
  const kinds = ["ABCDEFGHJKMNPQRSTUVWXYZ", "abcdefghjkmnpqrstuvwxyz", "23456789", "#%+=!?"];
  const all = kinds.join("");
  const pick = (letters: string) => letters.charAt(randomBelow(randomBytes, letters.length));
  return Array.from({ length }, (_, index) => pick(kinds[index] ?? all)).join("");
}

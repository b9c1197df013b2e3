import type { IdentityError, Violation } from "../../../domain/errors.ts";
import type { PoolConfiguration } from "../pool/pool-configuration.ts";
import { CognitoException, invalidParameter } from "../wire/cognito-exception.ts";

const passwordRules: Readonly<Record<string, string>> = {
  too_short: "Password not long enough",
  missing_uppercase: "Password must have uppercase characters",
  missing_lowercase: "Password must have lowercase characters",
  missing_digit: "Password must have numeric characters",
  missing_symbol: "Password must have symbol characters",
};

/** Says which rule a password breaks, the first one, after what the operation begins with. */
export function weakPassword(beginning: string): (error: IdentityError) => CognitoException {
  return ({ violations }) => {
    const rule = passwordRules[violations[0]?.reason ?? ""] ?? "Password is not valid";
    return new CognitoException("InvalidPassword", `${beginning}: ${rule}`);
  };
}

/** Makes the exception for a user name or attributes that are wrong. */
export function invalidAttributes({ violations }: IdentityError): CognitoException {
  const missing = violations.filter(({ reason }) => reason === "required");
  if (missing.length > 0)
    return nonConforming(missing.map((one) => `${nameOf(one)}: The attribute is required`));
  const [first] = violations;
  const message = first && messages[nameOf(first)];
  return message ? invalidParameter(message) : nonConforming(violations.map(describe));
}

/** Makes the exception for names that someone may not have: what a user name may be is the pool's to say. */
export function invalidAccount({
  UsernameAttributes: kinds = [],
}: Pick<PoolConfiguration, "UsernameAttributes">): (error: IdentityError) => CognitoException {
  return (error) => {
    const [
      {
        path: [member],
        reason,
      } = { path: [], reason: "" },
    ] = error.violations;
    const message = reservedMessages[reason] ?? (member === "username" && nameMessage(kinds));
    return message ? invalidParameter(message) : invalidAttributes(error);
  };
}

/** Says that attributes are not as the pool's schema has them. */
export function nonConforming(faults: readonly string[]): CognitoException {
  return invalidParameter(`Attributes did not conform to the schema: ${faults.join("\n")}\n`);
}

const reservedMessages: Readonly<Record<string, string>> = {
  is_email: "Username cannot be of email format, since user pool is configured for email alias.",
  is_phone_number:
    "Username cannot be of phone number format, since user pool is configured for phone number alias.",
  not_confirmed: "Preferred username cannot be provided for unconfirmed account.",
};

function nameMessage([kind, other]: readonly string[]): string {
  if (other !== undefined) return "Username should be either an email or a phone number.";
  return kind === "phone_number"
    ? "Username should be a phone number."
    : "Username should be an email.";
}

const messages: Readonly<Record<string, string>> = {
  email: "Invalid email address format.",
  phone_number: "Invalid phone number format.",
};

function nameOf({ path }: Violation): string {
  return path.at(-1) ?? "";
}

function describe(violation: Violation): string {
  return `${nameOf(violation)}: Attribute value is not valid`;
}

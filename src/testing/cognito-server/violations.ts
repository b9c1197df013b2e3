import type { IdentityError, Violation } from "../../domain/errors.ts";
import { CognitoException, invalidParameter } from "./cognito-exception.ts";

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

/** Says what is wrong with a user name or with attributes. */
export function invalidAttributes({ violations }: IdentityError): CognitoException {
  const missing = violations.filter(({ reason }) => reason === "required");
  if (missing.length > 0)
    return nonConforming(missing.map((one) => `${nameOf(one)}: The attribute is required`));
  const [first] = violations;
  const message = first && messages[nameOf(first)];
  return message ? invalidParameter(message) : nonConforming(violations.map(describe));
}

/** Says that attributes are not as the pool's schema has them. */
export function nonConforming(faults: readonly string[]): CognitoException {
  return invalidParameter(`Attributes did not conform to the schema: ${faults.join("\n")}\n`);
}

const messages: Readonly<Record<string, string>> = {
  username: "Username should be an email.",
  email: "Invalid email address format.",
  phone_number: "Invalid phone number format.",
};

function nameOf({ path }: Violation): string {
  return path.at(-1) ?? "";
}

function describe(violation: Violation): string {
  return `${nameOf(violation)}: Attribute value is not valid`;
}

import { IdentityError } from "../../domain/errors.ts";
import type { AttributeValues } from "../../domain/user.ts";
import type { SignInModel } from "./options.ts";
import type { User } from "./users.ts";

/**
 * The attributes that a user may set: the standard ones of Amazon Cognito, and any custom one.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
const writable = new Set(
  (
    "address birthdate email family_name gender given_name locale middle_name name nickname phone_number picture " +
    "preferred_username profile updated_at website zoneinfo"
  ).split(" "),
);
const customName = /^custom:[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u;

const maxValueLength = 2048;

/** Neither white space nor what no terminal should be shown. */
const email = /^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@.\p{C}]+$/u;

/** Formats of values, by attribute. */
const formats: Readonly<Record<string, RegExp>> = {
  email,
  // E.164: a country code, which never starts with 0, and 15 digits at most.
  phone_number: /^\+[1-9]\d{6,14}$/,
  birthdate: /^\d{4}-\d{2}-\d{2}$/,
  updated_at: /^\d+$/,
};

/**
 * Checks a user name and attributes for a sign-up, and gives the attributes that the account is to have. Under an
 * e-mail address that is its `email`, and no other can be named: the code would go there.
 *
 * @throws {IdentityError} `validation_failed` `attribute_not_writable` — as `Registration.signUp`
 */
export function acceptSignUp(
  username: string,
  attributes: AttributeValues,
  signInModel: SignInModel,
): AttributeValues {
  if (signInModel === "username") return acceptAttributes(attributes);
  if (!email.test(username)) throw invalid(["username"], "invalid_format");
  const accepted = acceptAttributes(attributes);
  if ((accepted.email ?? username).toLowerCase() !== username.toLowerCase()) {
    throw invalid(["attributes", "email"], "differs_from_username");
  }
  return { ...accepted, email: username };
}

/** Gives what a client may read of a user, by claim name. */
export function readableAttributes({
  attributes,
  verified,
}: User): Readonly<Record<string, string | boolean>> {
  const { email: address, phone_number: phone } = attributes;
  return {
    ...attributes,
    ...(address !== undefined && { email_verified: verified.has("email") }),
    ...(phone !== undefined && { phone_number_verified: verified.has("phone_number") }),
  };
}

function acceptAttributes(attributes: AttributeValues): AttributeValues {
  for (const name of Object.keys(attributes)) {
    if (!writable.has(name) && !customName.test(name)) {
      throw new IdentityError("attribute_not_writable");
    }
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (value.length > maxValueLength) throw invalid(["attributes", name], "too_long");
    const isFormed = formats[name]?.test(value) ?? true;
    if (!isFormed) throw invalid(["attributes", name], "invalid_format");
  }
  return attributes;
}

function invalid(path: readonly string[], reason: string): IdentityError {
  return new IdentityError("validation_failed", { violations: [{ path, reason }] });
}

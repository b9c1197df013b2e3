import { IdentityError } from "../../../domain/errors.ts";
import type { AttributeValues } from "../../../domain/user.ts";
import type { User } from "../database/user-rows.ts";
import { invalid } from "../errors.ts";

/** The attributes that users may set: the standard claims (OpenID Connect Core 1.0 section 5.1) and any custom one. */
const writable = new Set(
  (
    "address birthdate email family_name gender given_name locale middle_name name nickname phone_number picture " +
    "preferred_username profile updated_at website zoneinfo"
  ).split(" "),
);
const customName = /^custom:[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u;
const proofs = ["email_verified", "phone_number_verified"] as const;

const maxValueLength = 2048;

/** Neither white space nor what no terminal should be shown. */
const email = /^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@.\p{C}]+$/u;

const formats: Readonly<Record<string, RegExp>> = {
  email,
  // E.164: a country code, which never starts with 0, and 15 digits at most.
  phone_number: /^\+[1-9]\d{6,14}$/,
  birthdate: /^\d{4}-\d{2}-\d{2}$/,
  updated_at: /^\d+$/,
  email_verified: /^(true|false)$/,
  phone_number_verified: /^(true|false)$/,
};

/** The values of attributes, sorted by where they go. */
export interface AcceptedAttributes {
  readonly email: string | undefined;
  readonly isEmailVerified: boolean | undefined;
  readonly isPhoneVerified: boolean | undefined;
  /** All others. A blank one is to be deleted. */
  readonly others: AttributeValues;
}

/**
 * Checks a user name and attributes for a new account: the name is an e-mail address, and no other can be named.
 *
 * @throws {IdentityError} `validation_failed` `attribute_not_writable` — as `Registration.signUp`
 */
export function acceptNewUser(
  username: string,
  attributes: AttributeValues,
  by: "user" | "administrator",
): AcceptedAttributes & { readonly email: string } {
  if (!email.test(username)) throw invalid(["username"], "invalid_format");
  const accepted = acceptAttributes(attributes, by);
  const address = username.toLowerCase();
  if ((accepted.email ?? username).toLowerCase() !== address)
    throw invalid(["attributes", "email"], "differs_from_username");
  return { ...accepted, email: address, others: withoutBlanks(accepted.others) };
}

/**
 * Checks attributes that are to be set.
 *
 * @throws {IdentityError} `validation_failed` `attribute_not_writable` — as `Profiles.updateAttributes`
 */
export function acceptAttributes(
  attributes: AttributeValues,
  by: "user" | "administrator",
): AcceptedAttributes {
  for (const name of Object.keys(attributes)) {
    const isProof = by === "administrator" && proofs.some((proof) => proof === name);
    if (!writable.has(name) && !customName.test(name) && !isProof)
      throw new IdentityError("attribute_not_writable");
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (value === "" && name === "email") throw invalid(["attributes", name], "required");
    if (value === "") continue;
    if (value.length > maxValueLength) throw invalid(["attributes", name], "too_long");
    if (!value.isWellFormed() || !(formats[name]?.test(value) ?? true))
      throw invalid(["attributes", name], "invalid_format");
  }
  const { email: address, email_verified, phone_number_verified, ...others } = attributes;
  return {
    email: address?.toLowerCase(),
    isEmailVerified: email_verified === undefined ? undefined : email_verified === "true",
    isPhoneVerified:
      phone_number_verified === undefined ? undefined : phone_number_verified === "true",
    others,
  };
}

/** Gives the attributes of a user that a client may read, by claim name. */
export function readableAttributes(user: User): Readonly<Record<string, string | boolean>> {
  return {
    ...user.attributes,
    email: user.email,
    email_verified: user.isEmailVerified,
    ...(user.attributes.phone_number !== undefined && {
      phone_number_verified: user.isPhoneVerified,
    }),
  };
}

/** Gives attributes with changes made to them. */
export function withAttributeChanges(
  attributes: AttributeValues,
  changes: AttributeValues,
): AttributeValues {
  return withoutBlanks({ ...attributes, ...changes });
}

function withoutBlanks(attributes: AttributeValues): AttributeValues {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== ""));
}

import { IdentityError } from "../../../domain/errors.ts";
import type { AttributeValues, Profile } from "../../../domain/user.ts";
import { invalid } from "../errors.ts";
import type { MemorySettings } from "../settings/settings.ts";
import { nameContacts } from "./sign-in-names.ts";
import type { User } from "./user.ts";

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

const maxValueLength = 2048;

/**
 * Checks a user name and attributes for a new account, and gives the attributes that it is to have. Under an address
 * that is its `email` or `phone_number`, and no other can be named: the code would go there.
 *
 * @throws {IdentityError} `validation_failed` `attribute_not_writable` — as `Registration.signUp`
 */
export function acceptAccount(
  username: string,
  attributes: AttributeValues,
  settings: Pick<MemorySettings, "signInModel" | "aliases" | "developerAttributes">,
): AttributeValues {
  const { signInModel, aliases } = settings;
  checkAttributes(attributes, settings);
  const isOf = (name: string) => formatOf(name)?.test(username) ?? false;
  // An alias must not be another account's name.
  const reserved = signInModel === "alias" ? aliases.find(isOf) : undefined;
  if (reserved !== undefined) throw invalid(["username"], `is_${reserved}`);
  const kinds = nameContacts(signInModel);
  if (kinds.length === 0) return attributes;
  const kind = kinds.find(isOf);
  if (!kind) throw invalid(["username"], "invalid_format");
  if ((attributes[kind] ?? username).toLowerCase() !== username.toLowerCase())
    throw invalid(["attributes", kind], "differs_from_username");
  return { ...attributes, [kind]: username };
}

/** @throws {IdentityError} `validation_failed` — an attribute is missing, or blank, that no account may be without */
export function requireAttributes(attributes: AttributeValues, settings: MemorySettings): void {
  const missing = settings.requiredAttributes.filter((name) => !attributes[name]);
  if (missing.length === 0) return;
  const violations = missing.map((name) => ({ path: ["attributes", name], reason: "required" }));
  throw new IdentityError("validation_failed", { violations });
}

/** Gives the attributes that a user lacks and may not be without. */
export function missingAttributes(user: User, settings: MemorySettings): readonly string[] {
  return settings.requiredAttributes.filter((name) => !user.attributes[name]);
}

/**
 * Checks the attributes that come with a first password of the user's own, and gives all that the account is to have.
 * One that is required and there already stays.
 *
 * @throws {IdentityError} `validation_failed` `attribute_not_writable` — as `Sessions.answerChallenge`
 */
export function acceptMissingAttributes(
  user: User,
  attributes: AttributeValues,
  settings: MemorySettings,
): AttributeValues {
  checkAttributes(attributes, settings);
  const fixed = new Set([...settings.requiredAttributes, "email", "phone_number"]);
  for (const name of Object.keys(attributes)) {
    if (fixed.has(name) && user.attributes[name])
      throw invalid(["attributes", name], "already_set");
  }
  const all = { ...user.attributes, ...attributes };
  requireAttributes(all, settings);
  return all;
}

/** The part of a user that a client may read. */
export function profileOf(user: User): Profile {
  const { subject, username } = user;
  return { subject, username, attributes: readableAttributes(user) };
}

/** Gives the attributes of a user that a client may read, by claim name. */
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

/**
 * Checks attributes that a caller sets.
 *
 * @throws {IdentityError} `attribute_not_writable` — callers may not set one of them
 * @throws {IdentityError} `validation_failed` — a value is not of its form
 */
export function checkAttributes(
  attributes: AttributeValues,
  settings: Pick<MemorySettings, "developerAttributes">,
): void {
  requireWritable(Object.keys(attributes), settings);
  for (const [name, value] of Object.entries(attributes)) {
    if (value.length > maxValueLength) throw invalid(["attributes", name], "too_long");
    if (!isAttributeValue(name, value)) throw invalid(["attributes", name], "invalid_format");
  }
}

/** Tells whether a text has the form that an attribute's value has, and no more than the length. */
export function isAttributeValue(name: string, value: string): boolean {
  return value.length <= maxValueLength && (formatOf(name)?.test(value) ?? true);
}

/** @throws {IdentityError} `attribute_not_writable` — callers may not set one of the attributes */
export function requireWritable(
  names: readonly string[],
  { developerAttributes }: Pick<MemorySettings, "developerAttributes">,
): void {
  const isOwn = (name: string) =>
    isCustomName(developerAttributes ? name.replace(/^dev:/, "") : name);
  if (!names.every((name) => writable.has(name) || isOwn(name)))
    throw new IdentityError("attribute_not_writable");
}

/**
 * Gives the format of an attribute's value. It is no constant, as no start should wait for it: to make a class of
 * characters, the engine goes through all of Unicode.
 */
function formatOf(name: string): RegExp | undefined {
  switch (name) {
    case "email":
      // Neither white space nor what no terminal should be shown.
      return /^[^\s@\p{C}]+@[^\s@\p{C}]+\.[^\s@.\p{C}]+$/u;
    case "phone_number":
      // E.164: a country code, which never starts with 0, and 15 digits at most.
      return /^\+[1-9]\d{6,14}$/;
    case "birthdate":
      return /^\d{4}-\d{2}-\d{2}$/;
    case "updated_at":
      return /^\d+$/;
    default:
      return undefined;
  }
}

function isCustomName(name: string): boolean {
  return /^custom:[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,20}$/u.test(name);
}

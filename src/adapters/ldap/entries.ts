import type { Entry } from "ldapts";
import { IdentityError } from "../../domain/errors.ts";
import type { DirectorySettings } from "./settings.ts";

/** A user, as an entry tells. */
export interface Person {
  readonly dn: string;
  readonly subject: string;
  readonly username: string;
  readonly attributes: Readonly<Record<string, string | boolean>>;
  readonly isEnabled: boolean;
  readonly mustChangePassword: boolean;
  /** Another text once the password is another, where the directory dates it; else always the same. */
  readonly passwordMark: string;
  /** In seconds since the epoch; 0 where the directory does not tell. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** The attributes that tell when a password was set: of password policies, Active Directory, and FreeIPA. */
const passwordDates = ["pwdChangedTime", "pwdLastSet", "krbLastPwdChange"];

const states = [
  ...passwordDates,
  "pwdReset",
  "pwdAccountLockedTime",
  "nsAccountLock",
  "loginDisabled",
  "userAccountControl",
  "accountExpires",
  "createTimestamp",
  "modifyTimestamp",
  "whenCreated",
  "whenChanged",
];

/** Gives the attributes to ask for of users. */
export function wantedAttributes(settings: DirectorySettings): string[] {
  const { idAttribute, usernameAttribute, attributes } = settings;
  return [...new Set([idAttribute, usernameAttribute, ...Object.values(attributes), ...states])];
}

/** Gives the values of an attribute that are text. The directory may write its name in other capitals. */
export function valuesOf(entry: Entry, attribute: string): readonly string[] {
  const wanted = attribute.toLowerCase();
  const name = Object.keys(entry).find((key) => key.toLowerCase() === wanted);
  const values: unknown = name === undefined ? [] : entry[name];
  return [values].flat().filter((value) => typeof value === "string");
}

/**
 * Reads the entry of a user.
 *
 * @throws {IdentityError} `provider_misconfigured` — it has no such id or name as the settings say
 */
export function readPerson(entry: Entry, settings: DirectorySettings, now: number): Person {
  const first = (attribute: string) => valuesOf(entry, attribute)[0] ?? "";
  const subject = readId(entry, settings.idAttribute);
  const username = first(settings.usernameAttribute);
  if (subject === "" || username === "") {
    const cause = new Error("An entry lacks LDAP_ID_ATTRIBUTE or LDAP_USERNAME_ATTRIBUTE.");
    throw new IdentityError("provider_misconfigured", { cause });
  }
  const attributes: Record<string, string | boolean> = {};
  for (const [name, of] of Object.entries(settings.attributes)) {
    const value = first(of);
    if (value !== "") attributes[name] = value;
  }
  if (attributes.email) attributes.email_verified = settings.isEmailVerified;
  return {
    dn: entry.dn,
    subject,
    username,
    attributes,
    isEnabled: !isDisabled(first, now),
    mustChangePassword: first("pwdReset") === "TRUE" || first("pwdLastSet") === "0",
    passwordMark: passwordDates.map(first).join(" "),
    createdAt: secondsOf(first("createTimestamp") || first("whenCreated")),
    updatedAt: secondsOf(first("modifyTimestamp") || first("whenChanged")),
  };
}

/** By the lock that an administrator sets, of each kind of directory: not by the one that wrong passwords set for a while. */
function isDisabled(first: (attribute: string) => string, now: number): boolean {
  const isSet = (attribute: string) => first(attribute).toUpperCase() === "TRUE";
  // A hundred nanoseconds each, since 1601; never is 0 or the largest number there is.
  const expiresAt = Number(first("accountExpires")) / 10_000 - 11_644_473_600_000;
  return (
    (Number(first("userAccountControl")) & 2) !== 0 ||
    (first("accountExpires") !== "" && expiresAt > -11_644_473_600_000 && expiresAt <= now) ||
    first("pwdAccountLockedTime") === "000001010000Z" ||
    isSet("nsAccountLock") ||
    isSet("loginDisabled")
  );
}

/** The attribute whose value is a UUID in bytes, the first three numbers of it the least byte first ([MS-DTYP] section 2.3.4). */
export const binaryId = "objectGUID";
const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** Gives the id of an entry, or an empty text. */
function readId(entry: Entry, attribute: string): string {
  if (attribute !== binaryId) return valuesOf(entry, attribute)[0] ?? "";
  const value: unknown = [entry[binaryId]].flat()[0];
  if (!(value instanceof Uint8Array) || value.length !== order.length) return "";
  const hex = order.map((place) => (value[place] ?? 0).toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Gives the bytes that {@link binaryId} has for a UUID, or none for what is no UUID. */
export function bytesOfId(id: string): Uint8Array | undefined {
  if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)) return undefined;
  const bytes = id.replaceAll("-", "").match(/../g) ?? [];
  return Uint8Array.from(order, (place) => Number.parseInt(bytes[place] ?? "", 16));
}

/** Reads a GeneralizedTime in UTC (RFC 4517 section 3.3.13). */
function secondsOf(time: string): number {
  const [, ...parts] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?/.exec(time) ?? [];
  const [year = 1970, month = 1, ...rest] = parts.map((part) => Number(part ?? 0));
  return parts.length === 0 ? 0 : Date.UTC(year, month - 1, ...rest) / 1000;
}

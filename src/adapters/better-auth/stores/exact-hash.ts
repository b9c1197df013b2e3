import * as base64url from "jose/base64url";

/**
 * The form that a password was written in before it was hashed: `plain` as it is, `encoded` as base64url of its UTF-8.
 * Better Auth hashes the NFKC form of whatever it is given, under which several passwords are one; base64url has no
 * other form.
 *
 * @see https://www.unicode.org/reports/tr15/
 */
export type PasswordForm = "plain" | "encoded";

/** A hash as it is kept, apart from the form of what was hashed: none where Better Auth itself or an older version hashed. */
export interface KeptHash {
  readonly form: PasswordForm | undefined;
  readonly hash: string;
}

/** Gives the form that a password is hashed in: `plain`, and so taken by Better Auth too, unless NFKC makes another of it. */
export function passwordFormOf(password: string): PasswordForm {
  return password.normalize("NFKC") === password ? "plain" : "encoded";
}

/** Writes a password in a form. */
export function passwordInForm(form: PasswordForm, password: string): string {
  return form === "plain" ? password : base64url.encode(new TextEncoder().encode(password));
}

/** Writes a hash and the form of what was hashed as one text. */
export function markedHash(form: PasswordForm, hash: string): string {
  return `${markOf(form)}${hash}`;
}

/** Reads a text that {@link markedHash} wrote, or a hash alone. */
export function readHash(kept: string): KeptHash {
  for (const form of ["plain", "encoded"] as const)
    if (kept.startsWith(markOf(form))) return { form, hash: kept.slice(markOf(form).length) };
  return { form: undefined, hash: kept };
}

function markOf(form: PasswordForm): string {
  return `portico:${form} `;
}

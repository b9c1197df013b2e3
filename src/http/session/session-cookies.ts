import { IdentityError } from "../../domain/errors.ts";
import type { SealedSession } from "../../domain/use-cases/browser-sessions/opened-sessions.ts";
import type { NewlySealedSession } from "../../domain/use-cases/browser-sessions/renewed-sessions.ts";

/** The cookies of a browser's session that a request came with. */
export interface SessionCookies extends Partial<SealedSession> {
  /** All names of ours among them, which a session that ends clears. */
  readonly names: readonly string[];
}

const baseNames = { session: "portico", access: "portico-access" } as const;

/** A cookie holds 4096 bytes, its name and attributes included (RFC 6265 section 6.1). */
const maxValueLength = 3_800;

/** Four cookies for each part, which is more than the tokens of any provider take. */
const maxParts = 4;

/**
 * The most that the values of all cookies take together, in bytes: Node.js reads 16 KiB of headers, and a browser that sends
 * more gets 431 from then on, to a sign-out as well.
 *
 * @see https://nodejs.org/api/http.html#httpmaxheadersize
 */
const maxTogether = 13_000;

/** @see https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#section-4.1.3.2 */
const securePrefix = "__Host-";

/** Reads the cookies of a session out of a request's `Cookie`. */
export function readSessionCookies(header: string | undefined, isSecure: boolean): SessionCookies {
  if (header === undefined) return { names: [] };
  const all = new Map<string, string>();
  for (const pair of header.split(";")) {
    const at = pair.indexOf("=");
    const name = withoutSpace(pair.slice(0, at));
    if (at > 0 && isOurs(name, isSecure)) all.set(name, withoutSpace(pair.slice(at + 1)));
  }
  const value = (base: string) => joined(all, base, isSecure);
  const session = value(baseNames.session);
  const access = value(baseNames.access);
  return {
    names: [...all.keys()],
    ...(session !== undefined && { session }),
    ...(access !== undefined && { access }),
  };
}

/**
 * Writes the cookies of a session, and clears those of its parts that are there no more.
 *
 * @param nowSeconds - since the epoch
 */
export function sessionCookies(
  sealed: NewlySealedSession,
  before: readonly string[],
  isSecure: boolean,
  nowSeconds: number,
): readonly string[] {
  const life = sealed.isKept ? `; Max-Age=${Math.max(0, sealed.endsAt - nowSeconds)}` : "";
  const parts = partsOf(sealed, isSecure);
  const stale = before.filter((old) => parts.every(({ name }) => name !== old));
  return [
    ...parts.map(({ name, value }) => `${name}=${value}${attributes(isSecure)}${life}`),
    ...clearedCookies(stale, isSecure),
  ];
}

/** Gives those of some `Set-Cookie` lines that are of a session. */
export function sessionCookieLines(lines: readonly string[], isSecure: boolean): readonly string[] {
  return lines.filter((line) => isOurs(line.slice(0, line.indexOf("=")), isSecure));
}

/** Writes a session as a browser sends it: its own cookies and no others. */
export function cookieHeaderOf(sealed: SealedSession, isSecure: boolean): string {
  return partsOf(sealed, isSecure)
    .map(({ name, value }) => `${name}=${value}`)
    .join("; ");
}

/** Writes cookies so that a browser forgets them. */
export function clearedCookies(names: readonly string[], isSecure: boolean): readonly string[] {
  return names.map((name) => `${name}=${attributes(isSecure)}; Max-Age=0`);
}

function partsOf(sealed: SealedSession, isSecure: boolean) {
  const length = sealed.session.length + sealed.access.length;
  if (length > maxTogether) throw tooLong(length);
  return (["session", "access"] as const).flatMap((part) =>
    split(sealed[part]).map((value, index) => ({ name: nameOf(part, index, isSecure), value })),
  );
}

/**
 * Takes off spaces and tabs alone (RFC 6265 section 5.2). Anything else that counts as space somewhere makes it another name to
 * the browser, and one that a page of a neighbouring host may set.
 */
function withoutSpace(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, "");
}

function attributes(isSecure: boolean): string {
  return `; Path=/; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}

function nameOf(part: keyof typeof baseNames, index: number, isSecure: boolean): string {
  const base = `${isSecure ? securePrefix : ""}${baseNames[part]}`;
  return index === 0 ? base : `${base}.${index}`;
}

function isOurs(name: string, isSecure: boolean): boolean {
  const prefix = isSecure ? securePrefix : "";
  return (
    name.startsWith(prefix) && /^portico(?:-access)?(?:\.[1-3])?$/.test(name.slice(prefix.length))
  );
}

function joined(
  all: ReadonlyMap<string, string>,
  base: string,
  isSecure: boolean,
): string | undefined {
  const first = `${isSecure ? securePrefix : ""}${base}`;
  let value = all.get(first);
  for (let index = 1; value !== undefined && index < maxParts; index += 1) {
    const next = all.get(`${first}.${index}`);
    if (next === undefined) break;
    value += next;
  }
  return value;
}

function split(value: string): readonly string[] {
  const count = Math.ceil(value.length / maxValueLength);
  return Array.from({ length: count }, (_, index) =>
    value.slice(index * maxValueLength, (index + 1) * maxValueLength),
  );
}

/** The fault is the operator's to mend, and the sentence is for the log. */
function tooLong(length: number): IdentityError {
  const room = `there is room for ${maxTogether}`;
  const cause = new RangeError(
    `The tokens of a session take ${length} bytes of cookies, and ${room}: leave groups or claims out of the access token.`,
  );
  return new IdentityError("provider_misconfigured", { cause });
}

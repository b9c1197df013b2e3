import * as base64url from "jose/base64url";
import { hmacSha256, importSecret, sha256 } from "../../shared/digest.ts";

/** The parts that a refresh token of ours holds. */
export interface HeldRefreshToken {
  /** The token that Cognito gave out. */
  readonly token: string;
  /** The user name that it was given out under, where it came with one. */
  readonly username?: string;
  /** Tells whether the name is known to be the token's: both were put together with a secret that we have now. */
  isProven(): Promise<boolean>;
}

/** No token of Cognito's has one (they match `[A-Za-z0-9-_=.]+`), and OAuth allows it (RFC 6750 section 2.1). */
const separator = "~";
const tagBytes = 32;
const checksumBytes = 16;

/**
 * Puts a refresh token of Cognito's together with the user name that it was issued under: `token~name~seal`. The secret
 * hash of `REFRESH_TOKEN_AUTH` needs that name, and neither the token nor the request tells it.
 *
 * The seal is a tag by the client's secret, and a checksum that needs none. So a token that was altered is told from
 * one that was wrapped before the secret was replaced, which is as good as ever.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
export async function wrapRefreshToken(
  token: string,
  username: string,
  clientSecret: string,
): Promise<string> {
  const content = `${token}${separator}${base64url.encode(new TextEncoder().encode(username))}`;
  const label = labelled(content);
  const tag = await hmacSha256(clientSecret, label);
  const seal = new Uint8Array([...tag, ...(await checksum(label, tag))]);
  return `${content}${separator}${base64url.encode(seal)}`;
}

/**
 * Takes a refresh token apart again, and gives nothing for one that was altered. A text that was never wrapped, such as
 * a token from before Portico, is taken for a token of Cognito's.
 */
export async function unwrapRefreshToken(
  refreshToken: string,
  clientSecrets: readonly string[],
): Promise<HeldRefreshToken | undefined> {
  if (!refreshToken.includes(separator))
    return { token: refreshToken, isProven: async () => false };
  const sealAt = refreshToken.lastIndexOf(separator);
  const content = refreshToken.slice(0, sealAt);
  const tag = await readSeal(content, refreshToken.slice(sealAt + 1));
  const [token, encodedName] = content.split(separator);
  const username = decodeName(encodedName);
  if (!tag || !token || !username) return undefined;
  return { token, username, isProven: () => isTagged(content, tag, clientSecrets) };
}

/** Gives the tag, if the checksum holds. Compared as text: each seal has one spelling only. */
async function readSeal(
  content: string,
  seal: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (!/^[\w-]{64}$/.test(seal)) return undefined;
  const bytes = new Uint8Array(base64url.decode(seal));
  const tag = bytes.slice(0, tagBytes);
  const expected = base64url.encode(await checksum(labelled(content), tag));
  return base64url.encode(bytes.slice(tagBytes)) === expected ? tag : undefined;
}

function decodeName(encoded: string | undefined): string | undefined {
  try {
    return encoded && new TextDecoder("utf-8", { fatal: true }).decode(base64url.decode(encoded));
  } catch {
    // Anyone can make a checksum over anything.
    return undefined;
  }
}

async function isTagged(
  content: string,
  tag: Uint8Array<ArrayBuffer>,
  clientSecrets: readonly string[],
): Promise<boolean> {
  const label = labelled(content);
  for (const secret of clientSecrets) {
    if (await crypto.subtle.verify("HMAC", await importSecret(secret), tag, label)) return true;
  }
  return false;
}

async function checksum(label: Uint8Array, tag: Uint8Array): Promise<Uint8Array> {
  // Not spread into an array: of the thousand bytes that a token has, each would become a number of its own.
  const sealed = new Uint8Array(label.length + tag.length);
  sealed.set(label);
  sealed.set(tag, label.length);
  return (await sha256(sealed)).slice(0, checksumBytes);
}

/** The label keeps tags apart from every other use of the secret, the secret hash above all. */
function labelled(content: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`portico refresh token\n${content}`);
}

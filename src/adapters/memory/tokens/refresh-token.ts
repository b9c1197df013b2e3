import * as base64url from "jose/base64url";
import { isSameText } from "../../shared/constant-time.ts";
import type { MemorySettings } from "../settings/settings.ts";

const handleBytes = 32;
const vectorBytes = 12;
const tagBytes = 24;
const ciphertextBytes = 8;

/** The header that a JWE of Amazon Cognito's begins with: content type `JWT`, `A256GCM`, `RSA-OAEP`. */
const header = "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ";
const tokenPattern = new RegExp(
  `^${header}\\.([\\w-]{43})\\.([\\w-]{16})\\.[\\w-]{11}\\.[\\w-]{22}$`,
);

/** The parts that a refresh token of ours holds. */
export interface RefreshTokenParts {
  /** The secret that all refresh tokens of one sign-in share. */
  readonly handle: Uint8Array<ArrayBuffer>;
  /** The number of times that the token was replaced before this one. */
  readonly generation: number;
}

/**
 * Refresh tokens: 256 random bits that name the session, how often the token was replaced, and a tag that nobody else
 * can make. So a token that was replaced long ago is known for what it is and not taken for an invented one, while
 * nothing has to be kept of it.
 *
 * They have the five parts of a JWE (RFC 7516 section 7.1), as Amazon Cognito's have, so that whoever counts or decodes
 * the parts of a token meets what there is to meet. Nothing in them is encrypted: there is nothing in them to read.
 */
export interface RefreshTokens {
  newHandle(): Uint8Array<ArrayBuffer>;
  write(parts: RefreshTokenParts): Promise<string>;
  /** Gives the parts of a token that was written here, and nothing for any other text. */
  read(token: string): Promise<RefreshTokenParts | undefined>;
}

/** Makes a format of refresh tokens with a key of its own. */
export function createRefreshTokens({
  randomBytes,
}: Pick<MemorySettings, "randomBytes">): RefreshTokens {
  let imported: Promise<CryptoKey> | undefined;

  function importKey(): Promise<CryptoKey> {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    imported ??= crypto.subtle.importKey("raw", randomBytes(32), algorithm, false, ["sign"]);
    return imported;
  }

  async function write({ handle, generation }: RefreshTokenParts): Promise<string> {
    const tagged = new Uint8Array(handleBytes + vectorBytes);
    tagged.set(handle);
    new DataView(tagged.buffer).setUint32(tagged.length - 4, generation);
    const mac = new Uint8Array(await crypto.subtle.sign("HMAC", await importKey(), tagged));
    const parts = [
      tagged.subarray(0, handleBytes),
      tagged.subarray(handleBytes),
      mac.subarray(0, ciphertextBytes),
      mac.subarray(ciphertextBytes, tagBytes),
    ];
    return [header, ...parts.map((part) => base64url.encode(part))].join(".");
  }

  return {
    newHandle: () => randomBytes(handleBytes),
    write,
    async read(token) {
      const parts = split(token);
      // A text that differs in the least, be it in the spelling of the same bytes, is another token.
      return parts && isSameText(token, await write(parts)) ? parts : undefined;
    },
  };
}

function split(token: string): RefreshTokenParts | undefined {
  const [, handle, vector] = tokenPattern.exec(token) ?? [];
  if (handle === undefined || vector === undefined) return undefined;
  const counter = Uint8Array.from(base64url.decode(vector));
  const generation = new DataView(counter.buffer).getUint32(vectorBytes - 4);
  return { handle: Uint8Array.from(base64url.decode(handle)), generation };
}

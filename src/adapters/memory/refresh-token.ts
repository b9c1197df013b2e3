import { base64url } from "jose";
import { isSameText } from "./constant-time.ts";
import type { Settings } from "./settings.ts";

const handleBytes = 32;
const generationBytes = 4;
const tagBytes = 24;
/** What sixty bytes are in base64url. */
const tokenPattern = /^[A-Za-z0-9_-]{80}$/;

/** What a refresh token of ours holds. */
export interface RefreshTokenParts {
  /** The secret that all refresh tokens of one sign-in share. */
  readonly handle: Uint8Array<ArrayBuffer>;
  /** How often the token was replaced before this one. */
  readonly generation: number;
}

/**
 * Refresh tokens: 256 random bits that name the session, how often the token was replaced, and a tag that nobody else
 * can make. So a token that was replaced long ago is known for what it is and not taken for an invented one, while
 * nothing has to be kept of it.
 */
export interface RefreshTokens {
  newHandle(): Uint8Array<ArrayBuffer>;
  write(parts: RefreshTokenParts): Promise<string>;
  /** Gives the parts of a token that was written here, and nothing for any other text. */
  read(token: string): Promise<RefreshTokenParts | undefined>;
}

/** Makes a format of refresh tokens with a key of its own. */
export function createRefreshTokens({ randomBytes }: Pick<Settings, "randomBytes">): RefreshTokens {
  let imported: Promise<CryptoKey> | undefined;

  function importKey(): Promise<CryptoKey> {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    imported ??= crypto.subtle.importKey("raw", randomBytes(32), algorithm, false, ["sign"]);
    return imported;
  }

  async function write({ handle, generation }: RefreshTokenParts): Promise<string> {
    const token = new Uint8Array(handleBytes + generationBytes + tagBytes);
    token.set(handle);
    new DataView(token.buffer).setUint32(handleBytes, generation);
    const tagged = token.subarray(0, handleBytes + generationBytes);
    const tag = await crypto.subtle.sign("HMAC", await importKey(), tagged);
    token.set(new Uint8Array(tag, 0, tagBytes), tagged.length);
    return base64url.encode(token);
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
  if (!tokenPattern.test(token)) return undefined;
  const bytes = Uint8Array.from(base64url.decode(token));
  const generation = new DataView(bytes.buffer).getUint32(handleBytes);
  return { handle: bytes.slice(0, handleBytes), generation };
}

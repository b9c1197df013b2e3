import { mediaType } from "./media-type.ts";
import { rejected } from "./rejection.ts";
import { parseObject } from "./strict-json.ts";

/** The part of a token's header that says how it was signed, and what kind of token it is. */
export interface TokenHeader {
  readonly algorithm: string;
  /** Nothing where it names no key. */
  readonly keyId: string | undefined;
  /** Algorithm and key id together, as far as they are there: what a key is found by. */
  readonly keyName: string;
  /** `typ` as {@link mediaType} gives it: any value, or none. */
  readonly type: unknown;
  /** True where it says at which address its key is (`jku`). */
  readonly namesKeyAddress: boolean;
}

/**
 * Members that no access token needs: they change how it is to be read (RFC 7515, 7516, 7797), or bring a key along or
 * its address. The thumbprints of certificates (`x5t`, `x5t#S256`) do neither.
 */
const refusedMembers = ["crit", "b64", "zip", "enc", "jwk", "x5u", "x5c"];

/**
 * Reads a token's header. Nothing in it is believed: the configuration says which algorithms, kinds and keys there
 * are (RFC 8725 section 3.1), and what a header says of the address of a key is not looked at.
 *
 * @throws {IdentityError} `invalid_token` — no JSON object, without an algorithm in text, with a key id that is no text,
 *   with a key, or of a token in a token
 */
export function readHeader(bytes: Uint8Array): TokenHeader {
  const header = parseObject(bytes);
  const { alg: algorithm, kid: keyId, typ, cty } = header;
  const isRefused = refusedMembers.some((member) => Object.hasOwn(header, member));
  if (isRefused || isNested(cty)) {
    throw rejected("malformed", "header_member");
  }
  if (typeof algorithm !== "string") throw rejected("unsupported_algorithm");
  if (keyId !== undefined && typeof keyId !== "string") throw rejected("unknown_key");
  const keyName = keyId === undefined ? algorithm : `${algorithm} ${keyId}`;
  const namesKeyAddress = Object.hasOwn(header, "jku");
  return { algorithm, keyId, keyName, type: mediaType(typ), namesKeyAddress };
}

/** True where a token is said to hold another one, or in a form that says nothing (RFC 7515 section 4.1.10). */
function isNested(cty: unknown): boolean {
  if (cty === undefined) return false;
  return typeof cty !== "string" || mediaType(cty.split(";")[0]?.trim()) === "application/jwt";
}

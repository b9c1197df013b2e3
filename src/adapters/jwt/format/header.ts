import { rejected } from "./rejection.ts";
import { parseObject } from "./strict-json.ts";

/** The part of a token's header that says how it was signed, and what kind of token it is. */
export interface TokenHeader {
  readonly algorithm: string;
  readonly keyId: string;
  /** Algorithm and key id together: what a key is found by. */
  readonly keyName: string;
  /** `typ` as it came: any value, or none. */
  readonly type: unknown;
}

/** Members that change how the token is to be read, in ways that no access token needs (RFC 7515, 7516, 7797). */
const refusedMembers = ["crit", "b64", "zip", "enc"];

/**
 * Reads a token's header. Nothing in it is believed: the configuration says which algorithms, kinds and keys there
 * are (RFC 8725 section 3.1), and keys or addresses of keys that a header brings along are not looked at.
 *
 * @throws {IdentityError} `invalid_token` — no JSON object, or without an algorithm and a key id in text
 */
export function readHeader(bytes: Uint8Array): TokenHeader {
  const header = parseObject(bytes);
  if (refusedMembers.some((member) => Object.hasOwn(header, member))) throw rejected("malformed");
  const { alg: algorithm, kid: keyId, typ: type } = header;
  if (typeof algorithm !== "string") throw rejected("unsupported_algorithm");
  if (typeof keyId !== "string") throw rejected("unknown_key");
  return { algorithm, keyId, keyName: `${algorithm} ${keyId}`, type };
}

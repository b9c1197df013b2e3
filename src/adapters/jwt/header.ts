import { base64url } from "jose";
import { rejected } from "./rejection.ts";
import { parseObject } from "./segments.ts";

/** The part of a token's header that says how it was signed. */
export interface TokenHeader {
  readonly algorithm: string;
  readonly keyId: string;
}

/** Kinds of token that an access token may call itself (RFC 9068 section 4); Cognito's say nothing. */
const accessTokenTypes: readonly unknown[] = [undefined, "JWT", "at+jwt", "application/at+jwt"];

/** Members that change how the token is to be read, in ways that no access token needs (RFC 7515, 7516, 7797). */
const refusedMembers = ["crit", "b64", "zip", "enc"];

/**
 * Reads a token's header, believing nothing in it but what the configuration allows (RFC 8725 section 3.1).
 *
 * @throws {IdentityError} `invalid_token` — another algorithm, another kind of token, no key id, or no header at all
 */
export function readHeader(segment: string, algorithms: ReadonlySet<string>): TokenHeader {
  const header = parseObject(base64url.decode(segment));
  if (refusedMembers.some((member) => Object.hasOwn(header, member))) throw rejected("malformed");
  const { alg, kid, typ } = header;
  if (typeof alg !== "string" || !algorithms.has(alg)) throw rejected("unsupported_algorithm");
  if (!accessTokenTypes.includes(typ)) throw rejected("wrong_use");
  if (typeof kid !== "string") throw rejected("unknown_key");
  return { algorithm: alg, keyId: kid };
}

import type { JsonObject } from "../../shared/json-object.ts";
import { decodeText } from "../format/base64url.ts";
import { hasRocaFingerprint } from "./roca.ts";

/**
 * The parameters that make up a public key, by its type (RFC 7518 section 6, RFC 8037 section 2), and nothing besides.
 */
export type PublicKeyParameters =
  | { readonly kty: "RSA"; readonly n: string; readonly e: string }
  | { readonly kty: "EC"; readonly crv: string; readonly x: string; readonly y: string }
  | { readonly kty: "OKP"; readonly crv: string; readonly x: string };

/**
 * Gives the parameters of a public key, or nothing where there is no such key: an unknown type, a part missing, or one
 * that is no base64url, which has no padding (RFC 7515 section 2).
 */
export function publicKeyParameters(jwk: JsonObject): PublicKeyParameters | undefined {
  const { kty, n, e, crv, x, y } = jwk;
  if (kty === "RSA" && isEncoded(n) && isEncoded(e)) return { kty, n, e };
  if (typeof crv !== "string" || !isEncoded(x)) return undefined;
  if (kty === "EC" && isEncoded(y)) return { kty, crv, x, y };
  if (kty === "OKP") return { kty, crv, x };
  return undefined;
}

/**
 * Tells whether a key is strong enough to be trusted: an RSA modulus of at least 2048 bits (RFC 7518 section 3.3), and
 * of at most 8192, beyond which verifying becomes a way to keep a server busy; an odd RSA exponent above 2^16
 * (FIPS 186-5 appendix A.1.1), as with an exponent of 1 anyone can sign; and no modulus that gives its factors away
 * (CVE-2017-15361). Curves have no weak choice that is not refused on import.
 */
export function isStrongKey(parameters: PublicKeyParameters): boolean {
  if (parameters.kty !== "RSA") return true;
  const modulus = unsigned(parameters.n);
  const exponent = unsigned(parameters.e);
  const isOdd = (exponent & 1n) === 1n && (modulus & 1n) === 1n;
  const isSized = modulus >> 2047n > 0n && modulus >> 8192n === 0n && exponent > 65536n;
  return isOdd && isSized && !hasRocaFingerprint(modulus);
}

function isEncoded(value: unknown): value is string {
  return typeof value === "string" && decodeText(value) !== undefined;
}

/** Base64urlUInt (RFC 7518 section 2); nothing that is not, so that a key of it is too weak. */
function unsigned(text: string): bigint {
  const digits = Array.from(decodeText(text) ?? [], (byte) => byte.toString(16).padStart(2, "0"));
  return BigInt(`0x0${digits.join("")}`);
}

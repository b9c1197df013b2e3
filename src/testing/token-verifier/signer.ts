import type { PublicJsonWebKey } from "../../ports/index.ts";

/** A key pair of an issuer. */
export interface Signer {
  /** The public key, as the issuer publishes it. */
  readonly jwk: PublicJsonWebKey & { readonly kid: string; readonly n: string; readonly e: string };
  /** The whole of it, for what no issuer would do. */
  readonly privateJwk: JsonWebKey;
  /** Signs as the issuer would: RS256, under its key id. */
  sign(claims: unknown, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** Makes a key pair of 2048 bits. */
export async function createSigner(kid: string): Promise<Signer> {
  const parameters = {
    ...algorithm,
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const { privateKey } = await crypto.subtle.generateKey(parameters, true, ["sign", "verify"]);
  const privateJwk = await crypto.subtle.exportKey("jwk", privateKey);
  const { n = "", e = "" } = privateJwk;
  return {
    jwk: { kty: "RSA", kid, n, e, alg: "RS256", use: "sig" },
    privateJwk,
    sign: (claims, header = {}) =>
      signWith(algorithm, privateKey, { header: { kid, alg: "RS256", ...header }, claims }),
  };
}

/** Signs a header and claims, each an object or the very text, with any algorithm and key of WebCrypto's. */
export async function signWith(
  how: AlgorithmIdentifier | RsaPssParams,
  key: CryptoKey,
  { header, claims }: { readonly header: unknown; readonly claims: unknown },
): Promise<string> {
  const input = `${encode(header)}.${encode(claims)}`;
  const signature = await crypto.subtle.sign(how, key, new TextEncoder().encode(input));
  return `${input}.${encode(new Uint8Array(signature))}`;
}

/** Imports a signer's private key for another algorithm than its own. */
export async function importFor(
  { privateJwk }: Signer,
  how: { readonly name: string; readonly hash: string },
): Promise<CryptoKey> {
  const { kty, n, e, d, p, q, dp, dq, qi } = privateJwk;
  const jwk = { kty, n, e, d, p, q, dp, dq, qi } as JsonWebKey;
  return crypto.subtle.importKey("jwk", jwk, how, false, ["sign"]);
}

/** Encodes bytes, text or the JSON of anything else in base64url. */
export function encode(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const bytes = value instanceof Uint8Array ? value : new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Decodes base64url. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

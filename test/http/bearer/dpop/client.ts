import { encode, signWith } from "../../../../src/testing/token-verifier/signer.ts";

/** A program that has a key, and proves it. */
export interface Client {
  readonly algorithm: string;
  readonly jwk: Readonly<Record<string, unknown>>;
  readonly privateJwk: JsonWebKey;
  /** RFC 7638 */
  readonly thumbprint: string;
  sign(header: unknown, claims: unknown): Promise<string>;
}

const publicExponent = new Uint8Array([1, 0, 1]);
const rsa = (name: string, modulusLength = 2048) => ({
  generation: { name, hash: "SHA-256", modulusLength, publicExponent },
  signing: { name, saltLength: 32 },
});
const ecdsa = (namedCurve: string, hash: string) => ({
  generation: { name: "ECDSA", namedCurve },
  signing: { name: "ECDSA", hash },
});
const ed25519 = { generation: { name: "Ed25519" }, signing: { name: "Ed25519" } };

const kinds = {
  ES256: ecdsa("P-256", "SHA-256"),
  ES384: ecdsa("P-384", "SHA-384"),
  EdDSA: ed25519,
  Ed25519: ed25519,
  PS256: rsa("RSA-PSS"),
  RS256: rsa("RSASSA-PKCS1-v1_5"),
} as const;

export type ProofAlgorithm = keyof typeof kinds;

/** What an API takes that is told nothing else. */
export const proofAlgorithms = Object.keys(kinds) as readonly ProofAlgorithm[];

/** Makes a client with a key of its own. */
export async function createClient(
  algorithm: ProofAlgorithm = "ES256",
  { generation, signing } = kinds[algorithm],
): Promise<Client> {
  const pair = await crypto.subtle.generateKey(generation, true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("no key pair");
  const privateJwk = await crypto.subtle.exportKey("jwk", pair.privateKey);
  const { kty, crv, x, y, n, e } = privateJwk;
  // In the order that RFC 7638 section 3.3 asks for; what is undefined is left out.
  const jwk = JSON.parse(JSON.stringify({ crv, e, kty, n, x, y }));
  return {
    algorithm,
    jwk,
    privateJwk,
    thumbprint: await digest(JSON.stringify(jwk)),
    sign: (header, claims) => signWith(signing, pair.privateKey, { header, claims }),
  };
}

/** Makes a client whose key is too short. */
export function createWeakClient(): Promise<Client> {
  return createClient("RS256", rsa("RSASSA-PKCS1-v1_5", 1024));
}

/** Gives the SHA-256 digest of a text, in base64url. */
export async function digest(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return encode(new Uint8Array(bytes));
}

import { decode, encode, type Signer } from "./signer.ts";

type Secret = string | Uint8Array<ArrayBuffer>;

/** A secret of HMAC that an attacker can guess or look up. */
export interface GuessableSecret {
  readonly what: string;
  of(signer: Signer): Secret | Promise<Secret>;
}

const words = ["secret", "password", "changeme", "your-256-bit-secret", "0", "null", "undefined"];

/** The forms in which a public key could be taken for a secret. */
const forms: readonly (readonly [string, GuessableSecret["of"]])[] = [
  ["the modulus in base64url", ({ jwk }) => jwk.n],
  ["the bytes of the modulus", ({ jwk }) => decode(jwk.n)],
  ["the exponent in base64url", ({ jwk }) => jwk.e],
  ["the published key", ({ jwk }) => JSON.stringify(jwk)],
  [
    "the published key without its names",
    ({ jwk: { n, e } }) => JSON.stringify({ kty: "RSA", n, e }),
  ],
  ["the DER bytes", derOf],
  ["the DER in base64", async (signer) => base64Of(await derOf(signer))],
  ["the DER in base64url", async (signer) => encode(await derOf(signer))],
  ["the PEM", async (signer) => pemOf(await derOf(signer), "\n")],
  ["the PEM and a line break", async (signer) => `${pemOf(await derOf(signer), "\n")}\n`],
  ["the PEM with Windows line breaks", async (signer) => pemOf(await derOf(signer), "\r\n")],
  ["the PEM in one line", async (signer) => pemOf(await derOf(signer), "")],
];

/** The words that people take for a secret, and the forms of the public key. */
export const guessableSecrets: readonly GuessableSecret[] = [
  ...words.map((word) => ({ what: JSON.stringify(word), of: () => word })),
  { what: "the key id", of: ({ jwk }) => jwk.kid },
  ...forms.map(([what, of]) => ({ what, of })),
];

/** SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7). */
async function derOf({ jwk: { n, e } }: Signer): Promise<Uint8Array<ArrayBuffer>> {
  const how = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("jwk", { kty: "RSA", n, e }, how, true, ["verify"]);
  return new Uint8Array(await crypto.subtle.exportKey("spki", key));
}

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** RFC 7468 section 13 */
function pemOf(der: Uint8Array, lineBreak: string): string {
  const lines = base64Of(der).match(/.{1,64}/g) ?? [];
  return ["-----BEGIN PUBLIC KEY-----", ...lines, "-----END PUBLIC KEY-----"].join(lineBreak);
}

import * as base64url from "jose/base64url";
import type { JsonWebKeySet, KeySet, PublicJsonWebKey } from "../../../ports/index.ts";
import { sha256Text } from "../digest.ts";

/** RFC 8037 section 3.1, and its name in WebCrypto. */
export const derivedAlgorithm = "EdDSA";
const curve = "Ed25519";

/** An Ed25519 private key in PKCS #8, up to the 32 bytes of the key: RFC 8410 sections 7 and 10.3. */
const pkcs8Start = [48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32];

interface DerivedKey {
  readonly privateKey: CryptoKey;
  readonly publicKey: PublicJsonWebKey & { readonly kid: string };
}

/** Keys that follow from secrets: to sign with, and to publish. */
export interface DerivedKeys {
  readonly keys: KeySet;
  /** Signs claims with the key of the newest secret, as a JWT. */
  sign(claims: Readonly<Record<string, unknown>>): Promise<string>;
}

/**
 * Makes signing keys of secrets, for a provider that has nowhere to keep any: all instances that are told the same secrets have
 * the same keys, and a restart changes none. Any 32 bytes are an Ed25519 private key (RFC 8032 section 5.1.5), so that one is
 * derived as any other key is; no algorithm with RSA or a NIST curve can be derived by what WebCrypto has.
 *
 * @param secrets - the newest first: its key signs, and those of all are published
 * @param purpose - a name of ours: other names give other keys
 */
export function createDerivedKeys(secrets: readonly string[], purpose: string): DerivedKeys {
  let derived: Promise<readonly DerivedKey[]> | undefined;
  let published: Promise<JsonWebKeySet> | undefined;

  function all(): Promise<readonly DerivedKey[]> {
    derived ??= Promise.all(secrets.map((secret) => deriveKey(secret, purpose)));
    return derived;
  }

  function current(): Promise<JsonWebKeySet> {
    published ??= all().then((made) => ({ keys: made.map(({ publicKey }) => publicKey) }));
    return published;
  }

  return {
    keys: { current, refresh: current },
    async sign(claims) {
      const [newest] = await all();
      if (!newest) throw new TypeError("There is no secret to sign with.");
      const header = { alg: derivedAlgorithm, kid: newest.publicKey.kid };
      const text = [header, claims].map((part) => base64url.encode(JSON.stringify(part))).join(".");
      const input = new TextEncoder().encode(text);
      const signature = await crypto.subtle.sign(curve, newest.privateKey, input);
      return `${text}.${base64url.encode(new Uint8Array(signature))}`;
    },
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc5869 HKDF */
async function deriveKey(secret: string, purpose: string): Promise<DerivedKey> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const material = await crypto.subtle.importKey("raw", bytes(secret), "HKDF", false, [
    "deriveBits",
  ]);
  const terms = { name: "HKDF", hash: "SHA-256", salt: bytes("portico"), info: bytes(purpose) };
  const seed = new Uint8Array(await crypto.subtle.deriveBits(terms, material, 256));
  const pkcs8 = Uint8Array.from([...pkcs8Start, ...seed]);
  const pair = await crypto.subtle.importKey("pkcs8", pkcs8, curve, true, ["sign"]);
  const { x = "" } = await crypto.subtle.exportKey("jwk", pair);
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, curve, false, ["sign"]);
  const kid = (await sha256Text(x)).slice(0, 22);
  return {
    privateKey,
    publicKey: { kty: "OKP", crv: curve, x, kid, alg: derivedAlgorithm, use: "sig" },
  };
}

import { type NodeCrypto, nodeCrypto } from "../node-crypto.ts";
import type { SignatureAlgorithm } from "../tokens/algorithms.ts";
import type { PublicKeyParameters } from "./public-key.ts";

/** Checks a signature on the thread that asks, before it returns. */
export type ImmediateCheck = (signature: Uint8Array, signingInput: Uint8Array) => boolean;

/** Length in base64url of a modulus of 4096 bits: from there on a signature takes its time as well. */
const maxModulusLength = 683;

/**
 * Gives what checks signatures of a key at once, where the runtime has that and it is worth it: see {@link nodeCrypto}.
 * Elliptic curves take several times as long as RSA, and so are better kept off this thread.
 */
export function immediateCheck(
  parameters: PublicKeyParameters,
  { key: { name, hash } }: SignatureAlgorithm,
): ImmediateCheck | undefined {
  if (parameters.kty !== "RSA" || parameters.n.length > maxModulusLength) return undefined;
  if (name !== "RSASSA-PKCS1-v1_5" || hash === undefined) return undefined;
  const crypto = nodeCrypto();
  const key = crypto && importKey(crypto, parameters);
  if (!key) return undefined;
  // Deno knows digests by this spelling only.
  const digest = hash.replace("-", "");
  return (signature, signingInput) => crypto.verify(digest, signingInput, key, signature);
}

/** Gives nothing for what WebCrypto takes and this does not: then WebCrypto checks. */
function importKey(crypto: NodeCrypto, key: PublicKeyParameters): object | undefined {
  try {
    return crypto.createPublicKey({ key, format: "jwk" });
  } catch {
    return undefined;
  }
}

import type { SignatureAlgorithm } from "../tokens/algorithms.ts";
import type { PublicKeyParameters } from "./public-key.ts";

/** Checks a signature on the thread that asks, before it returns. */
export type ImmediateCheck = (signature: Uint8Array, signingInput: Uint8Array) => boolean;

/** What is used of `node:crypto`. */
interface NodeCrypto {
  createPublicKey(input: { readonly key: PublicKeyParameters; readonly format: "jwk" }): object;
  verify(digest: string, data: Uint8Array, key: object, signature: Uint8Array): boolean;
}

/** Where it is found, and where not. */
interface RuntimeGlobals {
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { getBuiltinModule?(id: "node:crypto"): NodeCrypto | undefined };
}

/** Length in base64url of a modulus of 4096 bits: from there on a signature takes its time as well. */
const maxModulusLength = 683;

/**
 * Gives what checks signatures of a key at once, where the runtime has that and it is worth it. WebCrypto hands each check
 * to another thread: on Node, Deno and Bun that takes longer than an RSA signature itself, which these check at once
 * through `node:crypto`. Elliptic curves take several times as long as RSA, and so are better kept off this thread.
 *
 * A runtime without `node:crypto` has WebCrypto alone. Workers are left out although they can have it: WebCrypto knows no
 * other thread there.
 *
 * @see https://nodejs.org/api/process.html#processgetbuiltinmoduleid
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

function nodeCrypto(): NodeCrypto | undefined {
  const { navigator, process } = globalThis as RuntimeGlobals;
  if (navigator?.userAgent === "Cloudflare-Workers") return undefined;
  return process?.getBuiltinModule?.("node:crypto");
}

/** Gives nothing for what WebCrypto takes and this does not: then WebCrypto checks. */
function importKey(crypto: NodeCrypto, key: PublicKeyParameters): object | undefined {
  try {
    return crypto.createPublicKey({ key, format: "jwk" });
  } catch {
    return undefined;
  }
}

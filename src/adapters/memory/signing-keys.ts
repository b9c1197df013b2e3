import { type CryptoKey, exportJWK, generateKeyPair } from "jose";
import type { KeySet, PublicJsonWebKey } from "../../ports/index.ts";
import type { Settings } from "./options.ts";

/** A key to sign with, and what others verify with. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: PublicJsonWebKey;
}

/** The keys of the provider: ID tokens and access tokens are signed with one each, as Amazon Cognito's are. */
export interface SigningKeys {
  readonly id: SigningKey;
  readonly access: SigningKey;
}

export const signingAlgorithm = "RS256";

/**
 * Gives a function that gives the keys. They are made when it is first called, once: Workers allow no such work while
 * a module loads.
 */
export function createSigningKeys(
  settings: Pick<Settings, "randomBytes">,
): () => Promise<SigningKeys> {
  let made: Promise<SigningKeys> | undefined;
  return () => {
    made ??= makeSigningKeys(settings);
    return made;
  };
}

/** Gives the public halves as a key set. There are never others to be had. */
export function keySetOf(signingKeys: () => Promise<SigningKeys>): KeySet {
  async function current() {
    const { id, access } = await signingKeys();
    return { keys: [id.publicKey, access.publicKey] };
  }
  return { current, refresh: current };
}

async function makeSigningKeys(settings: Pick<Settings, "randomBytes">): Promise<SigningKeys> {
  const [id, access] = await Promise.all([makeSigningKey(settings), makeSigningKey(settings)]);
  return { id, access };
}

async function makeSigningKey({ randomBytes }: Pick<Settings, "randomBytes">): Promise<SigningKey> {
  // Padded base64, as in Cognito: a verifier that takes key ids for more than opaque text fails on it.
  const kid = base64Of(randomBytes(32));
  const { privateKey, publicKey } = await generateKeyPair(signingAlgorithm, {
    modulusLength: 2048,
  });
  const { kty = "RSA", n, e } = await exportJWK(publicKey);
  return { kid, privateKey, publicKey: { kid, kty, alg: signingAlgorithm, use: "sig", n, e } };
}

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

import { type CryptoKey, importJWK } from "jose";
import { IdentityError, isIdentityError } from "../../domain/errors.ts";
import type { JsonWebKeySet, KeySet, PublicJsonWebKey } from "../../ports/index.ts";
import type { TokenHeader } from "./header.ts";
import { isStrong, type PublicKeyParameters, publicKeyParameters } from "./public-key.ts";
import { rejected } from "./rejection.ts";

/** Finds the key that a token's header names, ready to verify with. */
export type FindSigningKey = (header: TokenHeader) => Promise<CryptoKey>;

interface ImportedKey {
  readonly material: string;
  readonly key: Promise<CryptoKey>;
}

/**
 * Looks keys up in a key set, which is asked anew once for a key that it does not have, and imports each key once.
 *
 * The function it gives throws `invalid_token` for a key that is not in the set or not for signatures, and
 * `keys_unavailable` when the set cannot be had or holds that key in a form not to be trusted: a fault of the
 * provider's must not become a refusal of its users.
 */
export function signingKeysOf(keys: KeySet): FindSigningKey {
  const imported = new Map<string, ImportedKey>();
  return async (header) => {
    const jwk =
      select(await obtain(() => keys.current()), header.keyId) ??
      select(await obtain(() => keys.refresh()), header.keyId);
    if (!jwk) throw rejected("unknown_key");
    if (jwk.alg !== undefined && jwk.alg !== header.algorithm) {
      throw rejected("unsupported_algorithm");
    }
    return importOnce(imported, jwk, header);
  };
}

/** Whatever goes wrong with getting keys says nothing about the token. */
async function obtain(getKeys: () => Promise<JsonWebKeySet>): Promise<JsonWebKeySet> {
  try {
    return await getKeys();
  } catch (error) {
    if (isIdentityError(error, "keys_unavailable")) throw error;
    throw new IdentityError("keys_unavailable", { cause: error });
  }
}

function select(keySet: JsonWebKeySet, keyId: string): PublicJsonWebKey | undefined {
  return keySet.keys.find((jwk) => jwk.kid === keyId && isForVerifying(jwk));
}

/** RFC 7517 sections 4.2 and 4.3. */
function isForVerifying({ use, key_ops: operations }: PublicJsonWebKey): boolean {
  if (use !== undefined && use !== "sig") return false;
  return operations === undefined || (Array.isArray(operations) && operations.includes("verify"));
}

function importOnce(
  imported: Map<string, ImportedKey>,
  jwk: PublicJsonWebKey,
  { keyId, algorithm }: TokenHeader,
): Promise<CryptoKey> {
  const parameters = publicKeyParameters(jwk);
  // A provider could put other material under a key id that it used before.
  const material = JSON.stringify(parameters ?? null);
  const name = JSON.stringify([keyId, algorithm]);
  const known = imported.get(name);
  if (known?.material === material) return known.key;
  const key = importKey(parameters, algorithm);
  imported.set(name, { material, key });
  return key;
}

async function importKey(
  parameters: PublicKeyParameters | undefined,
  algorithm: string,
): Promise<CryptoKey> {
  try {
    if (!parameters || !isStrong(parameters)) throw new Error("The key is none to verify with.");
    const key = await importJWK(parameters, algorithm);
    if (key instanceof Uint8Array) throw new Error("The key is a shared secret.");
    return key;
  } catch (cause) {
    throw new IdentityError("keys_unavailable", { cause });
  }
}

import type { PasswordHasher } from "../../../adapters/memory/credentials/password-hash.ts";
import type { RandomBytes } from "../../../adapters/shared/random.ts";
import { bytesOf, generatorPower, hashNumber, numberOf } from "./numbers.ts";

const saltBytes = 16;

/** Makes a hasher that also keeps what Secure Remote Password needs, in one pool. */
export function createSrpHasher(
  hasher: PasswordHasher,
  { poolId, randomBytes }: { readonly poolId: string; readonly randomBytes: RandomBytes },
): PasswordHasher {
  return {
    matches: hasher.matches,
    async hash(password, username) {
      const salt = randomBytes(saltBytes);
      const exponent = await privateExponent(salt, `${poolNameOf(poolId)}${username}:${password}`);
      let verifier: bigint | undefined;
      // Most are never asked for, and each takes some milliseconds.
      const srp = {
        salt,
        get verifier() {
          verifier ??= generatorPower(exponent);
          return verifier;
        },
      };
      return { ...(await hasher.hash(password, username)), srp };
    },
  };
}

/** The name of a pool to the protocol: what its id ends with. */
export function poolNameOf(poolId: string): string {
  return poolId.slice(poolId.lastIndexOf("_") + 1);
}

/** `x` of RFC 5054 section 2.5.3. */
async function privateExponent(salt: Uint8Array, identity: string): Promise<bigint> {
  const inner = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(identity));
  return hashNumber(bytesOf(numberOf(salt)), new Uint8Array(inner));
}

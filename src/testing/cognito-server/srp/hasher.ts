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
      const srp = new SrpSecret(salt, exponent);
      return { ...(await hasher.hash(password, username)), srp };
    },
  };
}

/** The salt and verifier of a password. The verifier is made when it is first read: most never are, and each takes milliseconds. */
class SrpSecret {
  readonly salt: Uint8Array;
  readonly #exponent: bigint;
  #verifier: bigint | undefined;

  constructor(salt: Uint8Array, exponent: bigint) {
    this.salt = salt;
    this.#exponent = exponent;
  }

  get verifier(): bigint {
    this.#verifier ??= generatorPower(this.#exponent);
    return this.#verifier;
  }
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

import { IdentityError, isIdentityError } from "../../../domain/errors.ts";
import type { JsonWebKeySet, KeySet, PublicJsonWebKey } from "../../../ports/index.ts";
import { type SignatureAlgorithm, signatureAlgorithm } from "../format/algorithms.ts";
import type { TokenHeader } from "../format/header.ts";
import { rejected } from "../format/rejection.ts";
import { type NativeChecks, nativeChecks } from "./native-checks.ts";
import { type PublicKeyParameters, publicKeyParameters } from "./public-key.ts";
import { type VettedKeys, vetKeys } from "./vetted-keys.ts";

/** A published key, made ready to verify signatures of one algorithm. */
export type SigningKey = ImportedKey | NativeKey;

interface PreparedKey {
  /** Its algorithm and id. */
  readonly name: string;
  readonly jwk: PublicJsonWebKey;
}

/** A key that WebCrypto has. */
export interface ImportedKey extends PreparedKey {
  readonly key: CryptoKey;
  /** How its algorithm works there. */
  readonly verification: SignatureAlgorithm["verification"];
  /** What checks a signature in less time than WebCrypto, where there is such a thing. */
  readonly native?: Pick<NativeChecks, "now"> | undefined;
}

/** A key whose signatures the runtime checks in ways of its own, all of them. */
interface NativeKey extends PreparedKey {
  readonly key?: undefined;
  readonly native: Required<NativeChecks>;
}

/** The keys of one issuer, each imported once. */
export interface SigningKeys {
  /**
   * Gives the keys that were prepared and are still published, by their names: at once where the key set answers with
   * the promise that it gave the last time.
   *
   * @throws {IdentityError} `keys_unavailable` — the keys cannot be had: a fault of the provider's must not become a
   *   refusal of its users
   */
  ready(): ReadonlyMap<string, SigningKey> | Promise<ReadonlyMap<string, SigningKey>>;

  /**
   * Prepares the key that a token's header names. The key set is asked anew, once, for a key that it does not have.
   *
   * @throws {IdentityError} `invalid_token` — no such key, or not for that algorithm
   * @throws {IdentityError} `keys_unavailable` — the keys cannot be had, or that one is not to be trusted
   */
  prepare(header: TokenHeader): Promise<SigningKey>;
}

/** Looks keys up in a key set, whoever keeps it: what it gives is vetted here. */
export function signingKeysOf(keys: KeySet): SigningKeys {
  let seen: JsonWebKeySet | undefined;
  let answered: Promise<JsonWebKeySet> | undefined;
  let vetted: VettedKeys = { keys: [], unusableKeyIds: new Set() };
  let prepared = new Map<string, SigningKey>();
  let preparing = new Map<string, Promise<SigningKey>>();

  function take(keySet: JsonWebKeySet): void {
    if (keySet === seen) return;
    vetted = vetKeys(keySet);
    seen = keySet;
    const published = new Set(vetted.keys.map((jwk) => JSON.stringify(jwk)));
    prepared = new Map([...prepared].filter(([, { jwk }]) => published.has(JSON.stringify(jwk))));
    preparing = new Map();
  }

  function select(keyId: string): PublicJsonWebKey | undefined {
    if (vetted.unusableKeyIds.has(keyId)) throw unusableKey();
    return vetted.keys.find(({ kid }) => kid === keyId);
  }

  async function find(keyId: string): Promise<PublicJsonWebKey> {
    try {
      if (!select(keyId)) take(await keys.refresh(keyId));
    } catch (error) {
      throw unavailable(error);
    }
    const jwk = select(keyId);
    if (!jwk) throw rejected("unknown_key");
    return jwk;
  }

  async function takeAnswer(answer: Promise<JsonWebKeySet>): Promise<typeof prepared> {
    try {
      take(await answer);
      answered = answer;
      return prepared;
    } catch (error) {
      throw unavailable(error);
    }
  }

  return {
    ready() {
      try {
        const answer = keys.current();
        return answer === answered ? prepared : takeAnswer(answer);
      } catch (error) {
        return Promise.reject(unavailable(error));
      }
    },

    async prepare(header) {
      const { keyId, keyName } = header;
      const jwk = await find(keyId);
      const work = preparing.get(keyName) ?? prepareIssuerKey(jwk, header);
      preparing.set(keyName, work);
      const key = await work;
      // By now there may be other keys, and this one not among them.
      if (preparing.get(keyName) === work) prepared.set(keyName, key);
      return key;
    },
  };
}

/**
 * Prepares a vetted key. It verifies with the algorithm that it is published for, or with any that its type allows.
 *
 * @throws {IdentityError} `invalid_token` — it is not for that algorithm
 * @throws {IdentityError} `keys_unavailable` — it is none
 */
export async function prepareKey(jwk: PublicJsonWebKey, header: KeyUse): Promise<ImportedKey> {
  const wanted = algorithmOf(jwk, header);
  const key = await importKey(publicKeyParameters(jwk), wanted);
  return { name: header.keyName, jwk, verification: wanted.verification, key };
}

/** The same for a key that is there to verify many signatures. */
async function prepareIssuerKey(jwk: PublicJsonWebKey, header: KeyUse): Promise<SigningKey> {
  const wanted = algorithmOf(jwk, header);
  const parameters = publicKeyParameters(jwk);
  const native = parameters && nativeChecks(parameters, wanted);
  const aside = native?.aside;
  if (!aside) return { ...(await prepareKey(jwk, header)), native };
  // WebCrypto would not be asked for anything, and on Node it takes longer to load than a first verification does.
  return { name: header.keyName, jwk, native: { ...native, aside } };
}

type KeyUse = Pick<TokenHeader, "keyName" | "algorithm">;

function algorithmOf(jwk: PublicJsonWebKey, { algorithm }: KeyUse): SignatureAlgorithm {
  const wanted = signatureAlgorithm(algorithm);
  const isForAlgorithm = jwk.alg === undefined || jwk.alg === algorithm;
  if (!isForAlgorithm || wanted?.kty !== jwk.kty || wanted.crv !== jwk.crv) {
    throw rejected("unsupported_algorithm");
  }
  return wanted;
}

async function importKey(
  parameters: PublicKeyParameters | undefined,
  { key }: SignatureAlgorithm,
): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey("jwk", { ...parameters }, key, false, ["verify"]);
  } catch (cause) {
    throw new IdentityError("keys_unavailable", { cause });
  }
}

/** Whatever goes wrong with getting keys says nothing about the token. */
function unavailable(error: unknown): IdentityError {
  if (isIdentityError(error, "keys_unavailable")) return error;
  return new IdentityError("keys_unavailable", { cause: error });
}

function unusableKey(): IdentityError {
  const cause = new Error("The provider publishes that key in a form that cannot be used.");
  return new IdentityError("keys_unavailable", { cause });
}

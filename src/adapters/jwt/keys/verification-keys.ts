import { hasIdentityCode, IdentityError } from "../../../domain/errors.ts";
import type { JsonWebKeySet, KeySet, PublicJsonWebKey } from "../../../ports/index.ts";
import { type SignatureAlgorithm, signatureAlgorithm } from "../format/algorithms.ts";
import type { TokenHeader } from "../format/header.ts";
import { rejected } from "../format/rejection.ts";
import { type NativeChecks, nativeChecks } from "./native-checks.ts";
import { type PublicKeyParameters, publicKeyParameters } from "./public-key.ts";
import { type VettedKeys, vetKeys } from "./vetted-keys.ts";

/** A published key, made ready to verify signatures of one algorithm. */
export type VerificationKey = ImportedKey | NativeKey;

interface PreparedKey {
  /** The algorithm, and the id where a token names one: a key is found by both. */
  readonly name: string;
  readonly algorithm: string;
  readonly keyId?: string | undefined;
  readonly jwk: PublicJsonWebKey;
}

/** By the function that makes one: a project without the types of pages has the name nowhere. */
type WebCryptoKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** A key that WebCrypto has. */
export interface ImportedKey extends PreparedKey {
  readonly key: WebCryptoKey;
  /** The parameters that its algorithm is verified with there. */
  readonly verification: SignatureAlgorithm["verification"];
  /** The runtime's own checks of signatures, where it has any that take less time than WebCrypto. */
  readonly native?: Pick<NativeChecks, "now"> | undefined;
}

/** A key whose signatures the runtime checks in ways of its own, all of them. */
interface NativeKey extends PreparedKey {
  readonly key?: undefined;
  readonly native: Required<NativeChecks>;
}

/** The keys of one issuer, each imported once. */
export interface VerificationKeys {
  /**
   * Gives the keys that were prepared and are still published, by their names: at once where the key set answers with
   * the promise that it gave the last time.
   *
   * @throws {IdentityError} `keys_unavailable` — the keys cannot be had: a fault of the provider's must not become a
   *   refusal of its users
   */
  ready(): ReadonlyMap<string, VerificationKey> | Promise<ReadonlyMap<string, VerificationKey>>;

  /**
   * Prepares the key that a token's header names, or the one that fits where it names none. The key set is asked anew,
   * once, for a key that it does not have.
   *
   * @throws {IdentityError} `invalid_token` — no such key, not for that algorithm, or several that a token without a key
   *   id may mean
   * @throws {IdentityError} `keys_unavailable` — the keys cannot be had, that one is not to be trusted, or several have
   *   its id: which of them verifies must not be a matter of chance
   */
  prepare(header: TokenHeader): Promise<VerificationKey>;
}

/** The part of a header that says which key it means. */
type WantedKey = Pick<VerificationKey, "algorithm" | "keyId">;

/** Looks keys up in a key set, whoever keeps it: what it gives is vetted here. */
export function verificationKeysOf(keys: KeySet): VerificationKeys {
  let seen: JsonWebKeySet | undefined;
  let answered: Promise<JsonWebKeySet> | undefined;
  let vetted: VettedKeys = { keys: [], unusableKeyIds: new Set() };
  let prepared = new Map<string, VerificationKey>();
  let preparing = new Map<string, Promise<VerificationKey>>();

  function take(keySet: JsonWebKeySet): void {
    if (keySet === seen) return;
    vetted = vetKeys(keySet);
    seen = keySet;
    prepared = new Map([...prepared].filter(([, key]) => isOnly(key.jwk, fitting(key))));
    preparing = new Map();
  }

  const named = (keyId: string | undefined) =>
    vetted.keys.filter(({ kid }) => keyId === undefined || kid === keyId);

  /** Keys of one id may be told apart by type and algorithm (RFC 7517 section 4.5); what is there twice is one key. */
  function fitting({ keyId, algorithm }: WantedKey): readonly PublicJsonWebKey[] {
    const keys = named(keyId).filter((jwk) => isForAlgorithm(jwk, algorithm));
    return [
      ...new Map(keys.map((jwk) => [JSON.stringify(publicKeyParameters(jwk)), jwk])).values(),
    ];
  }

  function select(wanted: WantedKey): PublicJsonWebKey | undefined {
    const { keyId } = wanted;
    const [jwk, ...others] = fitting(wanted);
    if (keyId === undefined) return others.length > 0 ? undefined : jwk;
    if (vetted.unusableKeyIds.has(keyId) || others.length > 0) throw unusableKey();
    return jwk ?? named(keyId)[0];
  }

  async function find(wanted: WantedKey): Promise<PublicJsonWebKey> {
    try {
      if (!select(wanted)) take(await keys.refresh(wanted.keyId));
      const jwk = select(wanted);
      if (jwk) return jwk;
    } catch (error) {
      throw unavailable(error);
    }
    throw rejected("unknown_key");
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
      const { keyName } = header;
      const jwk = await find(header);
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
  return { ...named(jwk, header), verification: wanted.verification, key };
}

/** The same for a key that is there to verify many signatures. */
async function prepareIssuerKey(jwk: PublicJsonWebKey, header: KeyUse): Promise<VerificationKey> {
  const wanted = algorithmOf(jwk, header);
  const parameters = publicKeyParameters(jwk);
  const native = parameters && nativeChecks(parameters, wanted);
  const aside = native?.aside;
  if (!aside) return { ...(await prepareKey(jwk, header)), native };
  // WebCrypto would not be asked for anything, and on Node it takes longer to load than a first verification does.
  return { ...named(jwk, header), native: { ...native, aside } };
}

type KeyUse = WantedKey & Pick<TokenHeader, "keyName">;

function named(jwk: PublicJsonWebKey, { keyName, keyId, algorithm }: KeyUse): PreparedKey {
  return { name: keyName, algorithm, keyId, jwk };
}

function algorithmOf(jwk: PublicJsonWebKey, { algorithm }: KeyUse): SignatureAlgorithm {
  const wanted = signatureAlgorithm(algorithm);
  if (!wanted || !isForAlgorithm(jwk, algorithm)) throw rejected("unsupported_algorithm");
  return wanted;
}

function isForAlgorithm({ alg, kty, crv }: PublicJsonWebKey, algorithm: string): boolean {
  const wanted = signatureAlgorithm(algorithm);
  return (alg ?? algorithm) === algorithm && wanted?.kty === kty && wanted.crv === crv;
}

function isOnly(jwk: PublicJsonWebKey, [first, ...others]: readonly PublicJsonWebKey[]): boolean {
  return others.length === 0 && JSON.stringify(first) === JSON.stringify(jwk);
}

async function importKey(
  parameters: PublicKeyParameters | undefined,
  { key }: SignatureAlgorithm,
): Promise<WebCryptoKey> {
  try {
    return await crypto.subtle.importKey("jwk", { ...parameters }, key, false, ["verify"]);
  } catch (cause) {
    throw new IdentityError("keys_unavailable", { cause });
  }
}

/** Makes the error for keys that cannot be had, whatever went wrong with them: that says nothing about the token. */
function unavailable(error: unknown): IdentityError {
  if (hasIdentityCode(error, ["keys_unavailable"])) return error;
  return new IdentityError("keys_unavailable", { cause: error });
}

function unusableKey(): IdentityError {
  const cause = new Error("The provider publishes that key in a form that cannot be used.");
  return new IdentityError("keys_unavailable", { cause });
}

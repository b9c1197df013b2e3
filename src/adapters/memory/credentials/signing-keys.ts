import * as base64url from "jose/base64url";
import type { Clock, JsonWebKeySet, KeySet, PublicJsonWebKey } from "../../../ports/index.ts";
import type { RandomBytes } from "../../shared/random.ts";
import type { SavePoint } from "../store/save-point.ts";

/** A key to sign with, and its public half. */
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

/** Gives keys to sign with, the same each time. */
export type SigningKeySource = () => Promise<SigningKeys>;

/**
 * Makes keys that any number of providers can sign with, for tests: to make them takes a tenth of a second, most of what a
 * provider costs that is there for one test. They are made when they are first asked for.
 *
 * @example
 * const signingKeys = createSigningKeys();
 * beforeEach(() => {
 *   provider = createMemoryIdentityProvider({ signingKeys, hashIterations: 1 });
 * });
 */
export function createSigningKeys(): SigningKeySource {
  let made: Promise<SigningKeys> | undefined;
  return () => {
    made ??= makeSigningKeys((length) => crypto.getRandomValues(new Uint8Array(length)));
    return made;
  };
}

/** RFC 7518 section 3.3, and its name in WebCrypto. */
export const signingAlgorithm = "RS256";
const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** The keys that are signed with now, and those before. */
export interface SigningKeyRing extends SavePoint {
  /** Gives the keys, which are made when they are first asked for: Workers allow no such work while a module loads. */
  current(): Promise<SigningKeys>;
  /** Signs with new keys from now on. The old ones are published as long as a token of theirs can live. */
  rotate(): void;
  /** The public halves. There are never others to be had. */
  readonly published: KeySet;
}

/** The parts of a provider that its keys depend on. */
export interface SigningKeyTerms {
  readonly randomBytes: RandomBytes;
  readonly clock: Clock;
  /** The keys to begin with. @default keys of its own */
  readonly signingKeys?: SigningKeySource | undefined;
}

interface Generation {
  readonly keys: Promise<SigningKeys>;
  /** In milliseconds since the epoch. */
  readonly retiredAt?: number;
}

/** Longest life of a token that anyone takes. */
const longestLifeMs = 24 * 3_600_000;

/** Makes a ring without keys. */
export function createSigningKeyRing(terms: SigningKeyTerms): SigningKeyRing {
  const { clock, randomBytes, signingKeys } = terms;
  const publish = createPublisher(clock);
  let generations: readonly Generation[] = [];

  function current(): Promise<SigningKeys> {
    const [latest] = generations;
    if (latest) return latest.keys;
    const keys = signingKeys?.() ?? makeSigningKeys(randomBytes);
    generations = [{ keys }];
    return keys;
  }

  function published(): Promise<JsonWebKeySet> {
    if (generations.length === 0) void current();
    return publish(generations);
  }

  return {
    current,
    rotate() {
      const [latest, ...older] = generations;
      const retired = latest ? [{ ...latest, retiredAt: clock.now() }] : [];
      generations = [{ keys: makeSigningKeys(randomBytes) }, ...retired, ...older];
    },
    published: { current: published, refresh: published },
    save() {
      const saved = generations;
      return () => {
        generations = saved;
      };
    },
  };
}

/** Makes the key set of those generations of which a token can be alive: one and the same until they are others. */
function createPublisher(clock: Clock) {
  let published: readonly Generation[] = [];
  let answer: Promise<JsonWebKeySet> = Promise.resolve({ keys: [] });

  // As long as nothing was rotated no look at the clock is taken, which a request would feel.
  const isAlive = ({ retiredAt }: Generation) =>
    retiredAt === undefined || clock.now() - retiredAt < longestLifeMs;
  const isPublished = (generation: Generation, index: number) => generation === published[index];

  return (generations: readonly Generation[]): Promise<JsonWebKeySet> => {
    const alive = generations.every(isAlive) ? generations : generations.filter(isAlive);
    if (alive.length !== published.length || !alive.every(isPublished)) {
      published = alive;
      answer = keySetOf(alive);
    }
    return answer;
  };
}

async function keySetOf(generations: readonly Generation[]): Promise<JsonWebKeySet> {
  const all = await Promise.all(generations.map(({ keys }) => keys));
  return { keys: all.flatMap(({ id, access }) => [id.publicKey, access.publicKey]) };
}

async function makeSigningKeys(randomBytes: RandomBytes): Promise<SigningKeys> {
  const [id, access] = await Promise.all([
    makeSigningKey(randomBytes),
    makeSigningKey(randomBytes),
  ]);
  return { id, access };
}

async function makeSigningKey(randomBytes: RandomBytes): Promise<SigningKey> {
  // Padded base64, as in Cognito: a verifier that takes key ids for more than opaque text fails on it.
  const kid = base64Of(randomBytes(32));
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    { ...rsa, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
    false,
    ["sign", "verify"],
  );
  const { kty = "RSA", n, e } = await crypto.subtle.exportKey("jwk", publicKey);
  return { kid, privateKey, publicKey: { kid, kty, alg: signingAlgorithm, use: "sig", n, e } };
}

/** Signs claims, in the JWS compact serialization (RFC 7515 section 7.1). */
export async function signClaims(
  { kid, privateKey }: SigningKey,
  claims: Readonly<Record<string, unknown>>,
): Promise<string> {
  const header = { kid, alg: signingAlgorithm };
  const text = [header, claims].map((part) => base64url.encode(JSON.stringify(part))).join(".");
  const input = new TextEncoder().encode(text);
  const signature = await crypto.subtle.sign(rsa, privateKey, input);
  return `${text}.${base64url.encode(new Uint8Array(signature))}`;
}

function base64Of(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

import type { Clock, JsonWebKeySet, KeySetCache } from "../../../ports/index.ts";
import { isClusterHttp, isPrivateAddress, isTrustworthyUrl } from "../../shared/secure-url.ts";
import { type VettedKeys, vetSomeKeys } from "./vetted-keys.ts";

/** The options of {@link createRemoteKeySet}. */
export interface RemoteKeySetOptions {
  /** The address that the keys are published at: `https:`, or `http:` on this machine. */
  readonly uri: string | URL;
  /** Takes an address of a private network, such as `https://10.0.0.7/keys`, for an address. @default false */
  readonly allowPrivateAddress?: boolean;
  /**
   * Takes plain `http:` to an address inside a cluster, such as `http://keycloak.identity.svc/keys`: a service's name, or
   * a private address. Whoever can answer for it there can sign tokens. @default false
   */
  readonly allowClusterHttp?: boolean;
  /** @default the runtime's */
  readonly fetch?: typeof fetch;
  /** @default the system's clock */
  readonly clock?: Clock;
  /** The time that a fetch may take from start to last byte, in milliseconds. @default 3000 */
  readonly timeoutMs?: number;
  /**
   * The time after one fetch until the next may start, in milliseconds, whether it failed or not, and between fetches
   * for unknown keys. Each is cut short by up to a tenth at random.
   * @default 10000
   */
  readonly cooldownMs?: number;
  /** The age that keys may reach while newer ones can be had, in milliseconds. @default 600000 */
  readonly maxAgeMs?: number;
  /** The age that keys may reach while the provider is out of reach, in milliseconds: a day at most. @default 21600000 */
  readonly maxStaleMs?: number;
  /** Keys to begin with, as from a file: used at once, while the first fetch goes on. @default none */
  readonly seed?: JsonWebKeySet;
  /** The cache in which several instances of a service share the documents that they fetched. @default nowhere */
  readonly cache?: KeySetCache;
  /** Keeps a request's end from ending the work it started: on Workers, from `cloudflare:workers`. @default not needed */
  readonly waitUntil?: (work: Promise<unknown>) => void;
  /** Is told why a fetch failed, for a log or an alarm. Must not throw. @default nobody is */
  readonly onFailure?: (failure: unknown) => void;
}

/** The options with all that was left out, checked. */
export interface RemoteKeySetSettings {
  readonly uri: URL;
  readonly request: typeof fetch;
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly cooldownMs: number;
  readonly maxAgeMs: number;
  readonly maxStaleMs: number;
  readonly seed: VettedKeys | undefined;
  readonly cache: KeySetCache | undefined;
  readonly waitUntil: (work: Promise<unknown>) => void;
  readonly onFailure: (failure: unknown) => void;
}

const oneDayMs = 24 * 60 * 60 * 1000;

/**
 * Fills in and checks the options of a remote key set.
 *
 * @throws {TypeError} for what would take too much, or could not work
 */
export function readOptions(options: RemoteKeySetOptions): RemoteKeySetSettings {
  const settings = {
    uri: readUri(options),
    request: options.fetch ?? fetch,
    clock: options.clock ?? Date,
    timeoutMs: options.timeoutMs ?? 3_000,
    cooldownMs: options.cooldownMs ?? 10_000,
    maxAgeMs: options.maxAgeMs ?? 600_000,
    maxStaleMs: options.maxStaleMs ?? oneDayMs / 4,
    seed: options.seed && readSeed(options.seed),
    cache: options.cache,
    waitUntil: options.waitUntil ?? ignore,
    onFailure: options.onFailure ?? ignore,
  };
  const { timeoutMs, cooldownMs, maxAgeMs, maxStaleMs } = settings;
  if (![timeoutMs, cooldownMs, maxAgeMs].every((ms) => ms > 0 && ms <= maxStaleMs)) {
    throw new TypeError("A key set's times are positive, and none is longer than maxStaleMs.");
  }
  if (!(maxStaleMs <= oneDayMs)) throw new TypeError("Keys are too old after a day at most.");
  return settings;
}

function readUri(options: RemoteKeySetOptions): URL {
  const url = new URL(options.uri);
  checkAddress(url, options);
  return url;
}

/**
 * Expects that keys may be fetched from an address.
 *
 * @throws {TypeError} anyone between could answer for it, or it is in a private network, and no option says that it may
 */
export function checkAddress(
  url: URL,
  { allowPrivateAddress, allowClusterHttp }: AddressTerms,
): void {
  if (allowClusterHttp && isClusterHttp(url)) return;
  if (!isTrustworthyUrl(url)) throw new TypeError("A key set's address must be https.");
  if (!allowPrivateAddress && isPrivateAddress(url)) {
    throw new TypeError("A key set's address must not be in a private network.");
  }
}

/** The places that keys may be fetched from besides public addresses. */
export type AddressTerms = Pick<RemoteKeySetOptions, "allowPrivateAddress" | "allowClusterHttp">;

function readSeed(seed: JsonWebKeySet): VettedKeys {
  try {
    return vetSomeKeys(seed);
  } catch (cause) {
    throw new TypeError("A key set's seed is no usable key set.", { cause });
  }
}

function ignore(): void {
  // Nobody asked.
}

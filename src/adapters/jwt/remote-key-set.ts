import { IdentityError } from "../../domain/errors.ts";
import type { Clock, JsonWebKeySet, KeySet } from "../../ports/index.ts";
import { fetchKeySet } from "./fetch-key-set.ts";
import { isTrustworthyUrl } from "./secure-url.ts";

/** What {@link createRemoteKeySet} needs to know. */
export interface RemoteKeySetOptions {
  /** Where the keys are published: `https:`, or `http:` on this machine. */
  readonly uri: string | URL;
  /** @default the runtime's */
  readonly fetch?: typeof fetch;
  /** @default the system's clock */
  readonly clock?: Clock;
  /** How long a fetch may take from start to last byte, in milliseconds. @default 3000 */
  readonly timeoutMs?: number;
  /** How long after one fetch the next may start, in milliseconds, whether it failed or not. @default 10000 */
  readonly cooldownMs?: number;
}

/** How the last fetch ended. */
interface Attempt {
  readonly endedAt: number;
  readonly failure?: unknown;
}

/**
 * Makes a key set of the one that a provider publishes: fetched when first asked for, kept, and fetched anew only when
 * {@link KeySet.refresh} asks. A fetch that fails leaves the keys at hand in use; `refresh` then says
 * `keys_unavailable`, as a key that is not among them may well exist.
 *
 * Calls that need the same fetch share it. On Workers that holds among the requests that one isolate has in hand; should
 * the request that started a fetch end before it, the others stop waiting at the deadline and the next call starts anew.
 *
 * @throws {TypeError} for an address that anyone between could answer for
 */
export function createRemoteKeySet(options: RemoteKeySetOptions): KeySet {
  const uri = new URL(options.uri);
  if (!isTrustworthyUrl(uri)) throw new TypeError("A key set's address must be https.");
  const { clock = Date, timeoutMs = 3_000, cooldownMs = 10_000 } = options;
  const request = options.fetch ?? fetch;
  let latest: JsonWebKeySet | undefined;
  let last: Attempt | undefined;
  let pending: Promise<JsonWebKeySet> | undefined;

  function cooldownLeft(): number {
    if (!last) return 0;
    const elapsed = clock.now() - last.endedAt;
    // A clock that was set back must not stretch the wait.
    return elapsed < 0 ? 0 : Math.max(0, cooldownMs - elapsed);
  }

  async function attempt(): Promise<JsonWebKeySet> {
    pending ??= fetchKeySet(uri, { request, timeoutMs });
    const shared = pending;
    try {
      latest = await withinDeadline(shared, timeoutMs);
      if (pending === shared) last = { endedAt: clock.now() };
      return latest;
    } catch (failure) {
      if (pending === shared) last = { endedAt: clock.now(), failure };
      throw unavailable(cooldownLeft(), failure);
    } finally {
      if (pending === shared) pending = undefined;
    }
  }

  async function obtain(): Promise<JsonWebKeySet> {
    const wait = pending ? 0 : cooldownLeft();
    if (wait === 0) return attempt();
    if (!latest || last?.failure !== undefined) throw unavailable(wait, last?.failure);
    return latest;
  }

  return {
    current: async () => latest ?? obtain(),
    refresh: obtain,
  };
}

function unavailable(waitMs: number, cause: unknown): IdentityError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new IdentityError("keys_unavailable", { retryAfterSeconds, cause });
}

/** Rejects at the deadline even where the work was given up by the runtime and never settles. */
async function withinDeadline<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error("The key set did not come in time.")), timeoutMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

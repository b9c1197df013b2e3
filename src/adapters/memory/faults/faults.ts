import { IdentityError, type IdentityErrorCode } from "../../../domain/errors.ts";
import type { Clock, IdentityProvider, KeySet } from "../../../ports/index.ts";
import { createSeededRandom } from "./seeded-random.ts";

/** The faults of a back end that has a bad day, as the port shows them. */
export const faultKinds = [
  /** Answers late. */
  "latency",
  /** Takes no more requests for now. */
  "throttling",
  /** Fails before it did anything. */
  "server_error",
  /** Does not answer in time, and did nothing. */
  "timeout",
  /** Does the work, and does not answer in time. */
  "lost_answer",
  /** Does the work, and answers what nobody can read. */
  "malformed_answer",
  /** Gives nobody its signing keys. */
  "keys_unavailable",
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** A fault to come. */
export interface Fault {
  readonly kind: FaultKind;
  /** The methods that it meets. @default every one */
  readonly methods?: readonly (keyof IdentityProvider)[];
  /** The number of calls that it meets at most. @default all, until it is cleared */
  readonly times?: number;
  /** The share of the calls that it meets, 0 to 1. @default 1 */
  readonly rate?: number;
  /** For `latency`, in milliseconds. @default 100 */
  readonly delayMs?: number;
}

/** The provider that the faults happen to, and the way to make them happen. */
export interface FaultyProvider {
  readonly identity: IdentityProvider;
  readonly keys: KeySet;
  inject(fault: Fault): void;
  /** Ends all faults. */
  clear(): void;
}

type Meet = (stage: "before" | "after", name: string) => Promise<void>;

const codes = {
  latency: undefined,
  throttling: "provider_unavailable",
  server_error: "provider_unavailable",
  timeout: "provider_timeout",
  lost_answer: "provider_timeout",
  malformed_answer: "provider_unavailable",
  keys_unavailable: "keys_unavailable",
} satisfies Record<FaultKind, IdentityErrorCode | undefined>;

const throttledSeconds = 1;
const keyMethods = ["current", "refresh"];

/**
 * Puts faults between a provider and whoever calls it. Which calls a fault of some rate meets is drawn by lot, the same
 * lots for the same seed.
 *
 * @example
 * const { identity, inject } = withFaults(createMemoryIdentityProvider());
 * inject({ kind: "timeout", methods: ["signIn"], times: 1 });
 */
export function withFaults(
  { identity, keys }: Pick<FaultyProvider, "identity" | "keys">,
  { seed = 1 }: { readonly seed?: number } = {},
): FaultyProvider {
  const draw = createSeededRandom(seed);
  let faults: { readonly fault: Fault; left: number }[] = [];

  const meet: Meet = async (stage, name) => {
    for (const planned of faults) {
      const { fault } = planned;
      if (planned.left <= 0 || stageOf(fault.kind) !== stage || !meets(fault, name)) continue;
      if (draw() >= (fault.rate ?? 1)) continue;
      planned.left -= 1;
      await happen(fault);
    }
  };

  return {
    identity: watched(identity, meet),
    keys: watched(keys, meet),
    inject(fault) {
      faults.push({ fault, left: fault.times ?? Infinity });
    },
    clear() {
      faults = [];
    },
  };
}

/** Makes a clock that can be off. */
export function createSkewableClock(clock: Clock): Clock & { skew(seconds: number): void } {
  let offMs = 0;
  return {
    now: () => clock.now() + offMs,
    skew(seconds) {
      offMs = seconds * 1000;
    },
  };
}

/** Lets every call of an object's methods meet what is to meet it. */
function watched<Port extends object>(port: Port, meet: Meet): Port {
  return new Proxy(port, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function" || typeof name !== "string") return member;
      return async (...input: unknown[]) => {
        await meet("before", name);
        const answer: unknown = await Reflect.apply(member, target, input);
        await meet("after", name);
        return answer;
      };
    },
  });
}

function stageOf(kind: FaultKind): "before" | "after" {
  return kind === "lost_answer" || kind === "malformed_answer" ? "after" : "before";
}

function meets({ kind, methods }: Fault, name: string): boolean {
  const isOfKeys = keyMethods.includes(name);
  if (isOfKeys || kind === "keys_unavailable") return isOfKeys && kind === "keys_unavailable";
  return methods === undefined || methods.some((method) => method === name);
}

async function happen({ kind, delayMs = 100 }: Fault): Promise<void> {
  const code = codes[kind];
  if (code === undefined) return new Promise((resolve) => setTimeout(resolve, delayMs));
  const mayRetry = kind === "throttling" || kind === "keys_unavailable";
  throw new IdentityError(code, mayRetry ? { retryAfterSeconds: throttledSeconds } : {});
}

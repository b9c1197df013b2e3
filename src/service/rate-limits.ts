import * as z from "zod/mini";
import {
  type Environment,
  type ReadSettings,
  readAs,
  readSettings,
} from "../adapters/shared/settings.ts";
import { createAccountHash } from "../adapters/system/account-hash.ts";
import { createKeyedRateLimiter } from "../adapters/system/keyed-rate-limiter.ts";
import { parseIpNetwork } from "../domain/ip-address.ts";
import { defaultLimitPolicies, type LimitPolicy } from "../domain/rate-limit-policies.ts";
import type { TrustedProxies } from "../http/request/caller-address.ts";
import type { Limits, RateLimiter } from "../ports/index.ts";

import { ownSecrets } from "./setting-forms.ts";

const fields = z.object({
  RATE_LIMITS: z._default(
    readAs(
      readPolicies,
      (policies): policies is readonly LimitPolicy[] => policies !== undefined,
      "must be on, off, or limits to change such as sign_in_by_address=100/300 (how many in how many seconds), with commas between",
    ),
    defaultLimitPolicies,
  ),
  ACCOUNT_HASH_SECRET: z.optional(ownSecrets()),
  TRUSTED_PROXIES: z.optional(
    readAs(
      readProxies,
      (proxies): proxies is TrustedProxies => proxies !== undefined,
      "must be networks such as 10.0.0.0/8, with commas between, or how many proxies there are in a row: 1 to 9",
    ),
  ),
});

/** The limits of the service, and how it finds out who calls. */
export interface RateLimitSettings {
  readonly policies: readonly LimitPolicy[];
  readonly trustedProxies: TrustedProxies | undefined;
  /** Hashes the names of accounts, for events. */
  readonly accountHash: (username: string) => Promise<string>;
  /** Makes the limits, counted in the state that instances share. */
  readonly limits: (parts: LimitParts) => Limits | undefined;
}

/** The parts that limits are given to work with besides their settings. */
export interface LimitParts {
  readonly limiter: RateLimiter;
  /** Keeps a request's end from ending the work it started. */
  readonly waitUntil?: (work: Promise<unknown>) => void;
}

/** Every variable that {@link readRateLimitSettings} can look at. */
export function rateLimitSettingNames(): readonly string[] {
  return Object.keys(fields.shape);
}

/**
 * Reads how much may happen and who is asked.
 *
 * @param isShared - whether instances share what they count, and so need one secret to hash names with
 */
export function readRateLimitSettings(
  environment: Environment,
  isShared: boolean,
): ReadSettings<RateLimitSettings> {
  const read = readSettings(fields, environment);
  if (!read.ok) return read;
  const { RATE_LIMITS: policies, ACCOUNT_HASH_SECRET: secrets, TRUSTED_PROXIES } = read.value;
  if (isShared && policies.length > 0 && secrets === undefined)
    return { ok: false, faults: [unshared] };
  // Made up, it is as good where nobody else counts.
  const hashSecrets = secrets ?? [crypto.randomUUID()];
  const [newest = ""] = hashSecrets;
  return {
    ok: true,
    value: {
      policies,
      trustedProxies: TRUSTED_PROXIES,
      accountHash: createAccountHash(newest),
      limits(parts) {
        if (policies.length === 0) return undefined;
        return {
          limiter: createKeyedRateLimiter(parts.limiter, hashSecrets),
          policies,
          defer: (work) => parts.waitUntil?.(work),
        };
      },
    },
  };
}

const unshared =
  "ACCOUNT_HASH_SECRET: is required where instances share their state: the names that they count by are hashed with it";

/** Gives the table of limits with the changes of the operator's. */
function readPolicies(text: string): readonly LimitPolicy[] | undefined {
  if (text === "on") return defaultLimitPolicies;
  if (text === "off") return [];
  const changes = new Map<string, readonly [quota: number, windowSeconds: number] | undefined>();
  for (const part of text.split(",")) {
    const [, policy, quota, seconds] =
      /^\s*(\w+)=(?:off|(\d{1,9})\/(\d{1,9}))\s*$/.exec(part) ?? [];
    if (policy === undefined || !defaultLimitPolicies.some((line) => line.policy === policy))
      return undefined;
    if (quota !== undefined && (Number(quota) < 1 || Number(seconds) < 1)) return undefined;
    changes.set(policy, quota === undefined ? undefined : [Number(quota), Number(seconds)]);
  }
  return defaultLimitPolicies.flatMap((line) => {
    if (!changes.has(line.policy)) return line;
    const [quota, windowSeconds] = changes.get(line.policy) ?? [];
    return quota && windowSeconds ? { ...line, quota, windowSeconds } : [];
  });
}

function readProxies(text: string): TrustedProxies | undefined {
  if (/^[1-9]$/.test(text)) return { hops: Number(text) };
  const networks = text.split(",").map((network) => parseIpNetwork(network.trim()));
  const known = networks.filter((network) => network !== undefined);
  return known.length === networks.length ? { networks: known } : undefined;
}

import type { RateLimit } from "./rate-limit.ts";

/** A kind of action that is limited. */
export type LimitedAction =
  | "sign_in"
  | "code_attempt"
  | "code_sending"
  | "sign_up"
  | "token_refresh"
  | "sign_out";

/** By whom an action is counted: the account, the address that calls, both together, a family of tokens, or everyone. */
export type LimitScope = "account" | "address" | "account_and_address" | "token" | "everyone";

/** One line of the table of limits. */
export interface LimitPolicy extends Pick<RateLimit, "policy" | "quota" | "windowSeconds"> {
  readonly action: LimitedAction;
  readonly by: LimitScope;
}

const minute = 60;
const hour = 3600;
const day = 86_400;

/**
 * The limits, unless the operator sets others: what of an action may happen at once, and how soon all of it may again.
 *
 * - Of wrong passwords for one account from one address, four: one less than after which a provider may lock the account by
 *   itself, for its owner as well. The next one comes after sixteen minutes, as such a lock forgets after fifteen.
 * - By account alone it takes many addresses to reach the limit, and it does not hold for an address that signed in to the
 *   account within thirty days: a lock is to keep the guesser out, not the owner.
 * - What everyone does together is bounded where each costs money, a hash or a part of the provider's quota.
 *
 * @see https://github.com/OWASP/ASVS ASVS 5.0, 6.1.1 and 6.3.1
 */
export const defaultLimitPolicies: readonly LimitPolicy[] = [
  line("sign_in", "account_and_address", 4, 64 * minute),
  line("sign_in", "address", 30, 5 * minute),
  line("sign_in", "account", 20, hour),
  line("sign_in", "everyone", 6000, minute),
  line("code_attempt", "account", 10, hour),
  line("code_attempt", "address", 30, hour),
  line("code_sending", "account", 1, minute, "_a_minute"),
  line("code_sending", "account", 3, hour, "_an_hour"),
  line("code_sending", "account", 10, day, "_a_day"),
  line("code_sending", "address", 10, hour),
  line("code_sending", "everyone", 6000, hour),
  line("sign_up", "account", 3, hour),
  line("sign_up", "address", 10, hour),
  line("sign_up", "everyone", 6000, hour),
  line("token_refresh", "token", 60, minute),
  line("token_refresh", "address", 300, minute),
  line("sign_out", "address", 300, minute),
];

/** Addresses that signed in to an account are remembered by a limit that is used up, as counts are all that is kept. */
export const knownAddressPolicy = {
  policy: "known_address",
  quota: 1,
  windowSeconds: 30 * day,
} as const;

function line(
  action: LimitedAction,
  by: LimitScope,
  quota: number,
  windowSeconds: number,
  suffix = "",
): LimitPolicy {
  return { policy: `${action}_by_${by}${suffix}`, action, by, quota, windowSeconds };
}

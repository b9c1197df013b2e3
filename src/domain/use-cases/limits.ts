import type { Limits, Ports } from "../../ports/index.ts";
import { IdentityError, type IdentityErrorCode, isIdentityError } from "../errors.ts";
import { addressBlock, from, type WithCallerAddress } from "../ip-address.ts";
import type { RateLimit, RateLimitStatus } from "../rate-limit.ts";
import {
  knownAddressPolicy,
  type LimitedAction,
  type LimitPolicy,
  type LimitScope,
} from "../rate-limit-policies.ts";
import { type AuditPorts, accountOf } from "./audited.ts";

/** The ports that {@link limited} needs. */
export type LimitPorts = Pick<Ports, "limits"> & AuditPorts;

/** Something that is limited, and all that it can be counted by. */
export interface Attempt extends WithCallerAddress {
  readonly action: LimitedAction;
  /** The user name, in its normal form. Whether anybody has it makes no difference. */
  readonly username?: string;
  /** The refresh token that is shown. */
  readonly token?: string;
}

/** A limit, with the line of the table that it came from. */
interface AppliedLimit extends RateLimit {
  readonly by: LimitScope;
}

/** Faults of ours or of the provider: nothing was tried. */
const nothingTried: readonly IdentityErrorCode[] = [
  "internal_error",
  "provider_misconfigured",
  "provider_unavailable",
  "provider_timeout",
  "keys_unavailable",
  "overloaded",
];

/**
 * Does something that may be done only so often. It is counted before it is done, so that tries at once do not get past
 * each other, and given back where it turned out to be no wrong guess.
 *
 * @param isProof - whether what came out proves who called; by default, that it came to a good end
 * @throws {IdentityError} `too_many_attempts` — the account's limit is used up; `rate_limited` — the address's, or everyone's
 */
export async function limited<T>(
  ports: LimitPorts,
  attempt: Attempt,
  action: () => Promise<T>,
  isProof: (result: T) => boolean = () => true,
): Promise<T> {
  const { limits } = ports;
  if (!limits) return action();
  const counted = await admit(ports, limits, attempt).catch((error: unknown) => {
    // Nobody is kept signed in for want of a count.
    if (attempt.action !== "sign_out" || isIdentityError(error, "rate_limited")) throw error;
    return [];
  });
  try {
    const result = await action();
    if (isGuess(attempt))
      await afterwards(limits, forgive(limits, attempt, counted, isProof(result)));
    return result;
  } catch (error) {
    const free = counted.filter(({ by }) => isFree(error, by));
    if (free.length > 0) await afterwards(limits, limits.limiter.giveBack(free));
    throw error;
  }
}

/** Tells whether a failure is not held against somebody. A refused password is no guess, but each costs a look at the list. */
function isFree(error: unknown, by: LimitScope): boolean {
  if (isIdentityError(error, "password_compromised")) return by !== "address";
  return !isIdentityError(error) || isIdentityError(error, ...nothingTried);
}

/**
 * Notes that a sign-in ended well that more was asked in after the first step: what was kept counted of that step is given
 * back, and the address is remembered.
 */
export async function finishSignIn(
  { limits }: LimitPorts,
  { username, ...caller }: { readonly username?: string } & WithCallerAddress,
): Promise<void> {
  if (!limits || username === undefined) return;
  const attempt = { action: "sign_in", username, ...from(caller) } as const;
  const kept = limits.policies
    .flatMap((policy) => appliedTo(policy, attempt))
    .filter(({ by }) => by === "account");
  await afterwards(limits, forgive(limits, attempt, kept, true));
}

/** The answer is what it is, whether or not the counts can be told. */
async function afterwards({ defer }: Limits, work: Promise<void>): Promise<void> {
  const settled = work.catch(() => undefined);
  if (defer) defer(settled);
  else await settled;
}

/** Counts what may be done, or throws. */
async function admit(
  ports: AuditPorts,
  limits: Limits,
  attempt: Attempt,
): Promise<readonly AppliedLimit[]> {
  const wanted = limits.policies.flatMap((policy) => appliedTo(policy, attempt));
  const { isAllowed, statuses } = await limits.limiter.take(wanted);
  if (isAllowed) return wanted;
  const usedUp = wanted.filter((_, index) => statuses[index]?.remaining === 0);
  if (attempt.action === "sign_in" && usedUp.every(({ by }) => by === "account")) {
    const others = wanted.filter((limit) => !usedUp.includes(limit));
    if (await isKnownAddress(limits, attempt)) {
      const second = await limits.limiter.take(others);
      if (second.isAllowed) return others;
    }
  }
  throw await refusal(ports, usedUp, statuses, attempt);
}

async function refusal(
  ports: AuditPorts,
  usedUp: readonly AppliedLimit[],
  limits: readonly RateLimitStatus[],
  { username }: Attempt,
): Promise<IdentityError> {
  const isOfAccount = usedUp.some(({ by }) => by.startsWith("account"));
  const code = isOfAccount ? "too_many_attempts" : "rate_limited";
  const [first] = usedUp;
  ports.events.record({
    type: "rate_limit",
    outcome: "failure",
    at: ports.clock.now(),
    ...(await accountOf(ports, username)),
    code,
    ...(first && { policy: first.policy }),
  });
  const empty = limits.filter(({ remaining }) => remaining === 0);
  const retryAfterSeconds = Math.max(1, ...empty.map(({ resetSeconds }) => resetSeconds));
  return new IdentityError(code, { retryAfterSeconds, limits: empty });
}

/** Gives back what was no wrong guess, and remembers the address of whoever has proven who they are. */
async function forgive(
  { limiter }: Limits,
  attempt: Attempt,
  counted: readonly AppliedLimit[],
  isProven: boolean,
): Promise<void> {
  // Where more is still asked, the guesses at that are few only if sign-ins to the account are.
  const kept: readonly LimitScope[] = isProven ? ["everyone"] : ["everyone", "account"];
  const own = counted.filter(({ by }) => by === "account_and_address");
  const known = isProven && attempt.action === "sign_in" ? knownAddress(attempt) : [];
  await Promise.all([
    limiter.reset(own),
    limiter.giveBack(counted.filter((limit) => !own.includes(limit) && !kept.includes(limit.by))),
    ...(known.length > 0 ? [remember(limiter, known)] : []),
  ]);
}

/** Begins the days anew that an address is remembered for: a limit that is used up takes no more. */
async function remember(limiter: Limits["limiter"], known: readonly RateLimit[]): Promise<void> {
  await limiter.reset(known);
  await limiter.take(known);
}

async function isKnownAddress({ limiter }: Limits, attempt: Attempt): Promise<boolean> {
  const statuses = await limiter.read(knownAddress(attempt));
  return statuses.some(({ remaining }) => remaining === 0);
}

function knownAddress(attempt: Attempt): readonly RateLimit[] {
  const key = keyOf("account_and_address", attempt);
  return key === undefined ? [] : [{ ...knownAddressPolicy, key }];
}

/** Tells whether an action tries out a secret, so that few of it are to fail, and not few to happen. */
function isGuess({ action }: Attempt): boolean {
  return action === "sign_in" || action === "code_attempt";
}

function appliedTo(line: LimitPolicy, attempt: Attempt): readonly AppliedLimit[] {
  const { action, by, policy, quota, windowSeconds } = line;
  const key = action === attempt.action ? keyOf(by, attempt) : undefined;
  return key === undefined ? [] : [{ policy, key, quota, windowSeconds, by }];
}

/** Names whom something is counted for, or nobody where that is not known. */
function keyOf(by: LimitScope, { username, token, callerAddress }: Attempt): string | undefined {
  // Providers compare names without regard to case, or not: to count too many names as one is the safe side.
  const account = username?.toLowerCase();
  const address = callerAddress === undefined ? undefined : addressBlock(callerAddress);
  switch (by) {
    case "account":
      return account;
    case "address":
      return address;
    case "account_and_address":
      return account === undefined || address === undefined ? undefined : `${address} ${account}`;
    case "token":
      return token;
    case "everyone":
      return "";
  }
}

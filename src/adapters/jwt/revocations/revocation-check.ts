import { IdentityError } from "../../../domain/errors.ts";
import type { Principal } from "../../../domain/principal.ts";
import type { Clock, RevocationList } from "../../../ports/index.ts";
import { withinDeadline } from "../keys/deadline.ts";
import { createRevocationCopy } from "./revocation-copy.ts";

/** What {@link createRevocationCheck} needs to know. */
export interface RevocationCheckOptions {
  readonly list: RevocationList;
  /** @default the system's clock */
  readonly clock?: Clock;
  /** The age that the copy may reach, in milliseconds: how long a revocation of elsewhere may go unnoticed. @default 2000 */
  readonly maxAgeMs?: number;
  /** How long reading the list may take, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
  /**
   * What becomes of good tokens while the list cannot be read: `accept` goes by the copy at hand, however old, so that
   * an outage of the list is none of the API, and those who signed out since stay in until their tokens expire;
   * `refuse` answers `provider_unavailable` until the list is back. @default "accept"
   */
  readonly whenUnavailable?: "accept" | "refuse";
  /** Is told once of each outage of the list, for a log or an alarm. Must not throw. @default nobody is */
  readonly onFailure?: (failure: unknown) => void;
}

/** Knows which access tokens were revoked, and adds to them. */
export interface RevocationCheck extends Pick<RevocationList, "add"> {
  /**
   * For a verifier. Answers at once while the copy is fresh.
   *
   * @throws {IdentityError} `provider_unavailable` — the list cannot be read, and tokens are to be refused then
   */
  isRevoked(principal: Principal): boolean | Promise<boolean>;
}

/** How often what is over is looked for, in milliseconds. */
const pruneIntervalMs = 60_000;

/**
 * Makes a check that goes by a copy of a revocation list, which is read again, and only for what is new, when a token
 * comes and the copy has reached its age. What is added through the check is in the copy at once. While the list cannot
 * be read, it is tried again as often as it would be read.
 *
 * @example
 * const { isRevoked } = createRevocationCheck({ list });
 * const verifier = createJwtVerifier({ issuers, isRevoked });
 */
export function createRevocationCheck(options: RevocationCheckOptions): RevocationCheck {
  const { list, clock = Date, maxAgeMs = 2000, timeoutMs = 1000, onFailure } = options;
  const copy = createRevocationCopy();
  let cursor: string | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  let prunedAt = clock.now();
  let failure: IdentityError | undefined;
  let reading: { readonly since: number; readonly work: Promise<void> } | undefined;

  async function load(): Promise<void> {
    const page = await list.read(cursor);
    for (const revocation of page.revocations) copy.add(revocation);
    cursor = page.cursor;
  }

  /** Shared, unless it takes too long: on Workers it may have ended with the request that began it. */
  function begin(): Promise<void> {
    const now = clock.now();
    if (!reading || now - reading.since > timeoutMs) reading = { since: now, work: load() };
    return reading.work;
  }

  async function refresh(): Promise<void> {
    try {
      await withinDeadline(begin(), timeoutMs);
      failure = undefined;
    } catch (cause) {
      if (!failure) onFailure?.(cause);
      failure = new IdentityError("provider_unavailable", { cause });
    }
    reading = undefined;
    triedAt = clock.now();
    if (triedAt - prunedAt < pruneIntervalMs) return;
    copy.prune(triedAt / 1000);
    prunedAt = triedAt;
  }

  function judge(principal: Principal): boolean {
    if (copy.has(principal)) return true;
    if (failure && options.whenUnavailable === "refuse") throw failure;
    return false;
  }

  return {
    isRevoked(principal) {
      const age = clock.now() - triedAt;
      // A clock that was set back says nothing of the age.
      if (age >= 0 && age < maxAgeMs) return judge(principal);
      return refresh().then(() => judge(principal));
    },

    async add(revocation) {
      copy.add(revocation);
      await list.add(revocation);
    },
  };
}

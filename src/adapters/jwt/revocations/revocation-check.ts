import { IdentityError } from "../../../domain/errors.ts";
import type { AnyPrincipal } from "../../../domain/principal.ts";
import type { Clock, RevocationList } from "../../../ports/index.ts";
import { createCopyReader } from "./copy-reader.ts";
import { createEntryLookup } from "./entry-lookup.ts";
import { createFillGauge } from "./fill-gauge.ts";
import { createRevocationCopy } from "./revocation-copy.ts";

/** The options of {@link createRevocationCheck}. */
export interface RevocationCheckOptions {
  readonly list: RevocationList;
  /** @default the system's clock */
  readonly clock?: Clock;
  /** The age that the copy may reach, in milliseconds: how long a revocation of elsewhere may go unnoticed. @default 2000 */
  readonly maxAgeMs?: number;
  /** The time that reading the list may take, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
  /**
   * The age that the copy may reach while the list cannot be read, in milliseconds. Up to then nobody notices; from then
   * on the list counts as unavailable, as it does where it never could be read. @default 10,000
   */
  readonly maxStaleMs?: number;
  /**
   * Most sessions, and most users, to keep, at some 150 bytes each. While there are more, the list is asked about each
   * session and user whose token comes, and again once the answer is as old as the copy may be; one that has no `find`
   * counts as unavailable. @default 200,000
   */
  readonly maxEntries?: number;
  /**
   * The policy on good tokens while the list is unavailable: `accept` goes by the copy at hand, however old, so that an
   * outage of the list is none of the API, and those who signed out since stay in until their tokens expire; `refuse`
   * answers `provider_unavailable` until the list is back.
   * @default "accept"
   */
  readonly whenUnavailable?: "accept" | "refuse";
  /** Is told once of each time that the list is unavailable, for a log or an alarm. Must not throw. @default nobody is */
  readonly onFailure?: (failure: unknown) => void;
  /** Is told once when the list can be had again. Must not throw. @default nobody is */
  readonly onRecovery?: () => void;
  /**
   * Is told that the list had lost revocations, as one does that comes back from a restart with nothing on disk, and how
   * many were written back to it from the copy here. Must not throw. @default nobody is
   */
  readonly onRestored?: (count: number) => void;
  /**
   * Is told how many sessions or users are kept, and how many at most, once when there is room for a fifth more, and once
   * when there is none; again only after half was free. Must not throw. @default nobody is
   */
  readonly onFilling?: (entries: number, maxEntries: number) => void;
  /**
   * Lets work outlive the request that began it, as `waitUntil` of `cloudflare:workers` does. Without it on Workers, what
   * a request began to read may be lost with it.
   */
  readonly waitUntil?: (work: Promise<unknown>) => void;
}

/** The state of the copy that a check goes by. */
export interface RevocationCopyState {
  /** The number of sessions, or of users where there are more. */
  readonly entries: number;
  /** The age of what was read last, in seconds. Absent while nothing was read. */
  readonly ageSeconds: number | undefined;
  /** Whether the list is available, as far as it was tried. */
  readonly isAvailable: boolean;
}

/** Knows which access tokens were revoked, and adds to them. */
export interface RevocationCheck extends Pick<RevocationList, "add"> {
  /**
   * For a verifier. Answers at once while the copy is fresh and has room for all.
   *
   * @throws {IdentityError} `provider_unavailable` — the list is unavailable, and tokens are to be refused then
   */
  isRevoked(principal: AnyPrincipal): boolean | Promise<boolean>;
  /**
   * Ends well unless tokens are refused now, as the list is unavailable.
   *
   * @throws {IdentityError} `provider_unavailable` — they are
   */
  check(): Promise<void>;
  /** Tells how the copy stands, for a metric. */
  copyState(): RevocationCopyState;
}

/**
 * Makes a check that goes by a copy of a revocation list, which is read again, and only for what is new, when a token
 * comes: ahead of its age where tokens come all the time, and before the answer where none came for long. What is added
 * through the check is in the copy as soon as the list has it, and not before: a call that failed can be made again. What a
 * list loses that others read as well is written back to it.
 *
 * @example
 * const { isRevoked } = createRevocationCheck({ list });
 * const verifier = createJwtVerifier({ issuers, isRevoked });
 */
export function createRevocationCheck(options: RevocationCheckOptions): RevocationCheck {
  const { list, clock = Date, maxAgeMs = 2000, timeoutMs = 1000, waitUntil } = options;
  const { maxStaleMs = 10_000, maxEntries = 200_000, onRestored = () => undefined } = options;
  const copy = createRevocationCopy(maxEntries);
  const showSize = createFillGauge(maxEntries, options.onFilling ?? (() => undefined));
  const tell = createOutageReport(options);
  const terms = { list, copy, clock, maxAgeMs, maxStaleMs, timeoutMs, waitUntil, onRestored };
  let failure: unknown;
  let lookupFailure: unknown;

  const reader = createCopyReader({
    ...terms,
    onEnd(cause) {
      failure = cause;
      showSize(copy.size());
      tell(outage());
    },
  });
  const lookup =
    list.find &&
    createEntryLookup({
      ...terms,
      find: list.find.bind(list),
      onEnd(cause) {
        lookupFailure = cause;
        tell(outage());
      },
    });

  /** Asks for the time only where something is missing, as it is asked for each token. */
  const isOverfull = () => copy.isLackingUntil() > 0 && copy.isLackingUntil() > clock.now() / 1000;

  function isStale(): boolean {
    if (failure === undefined) return false;
    const age = reader.age();
    return !(age >= 0 && age < maxStaleMs);
  }

  function outage(): unknown {
    if (isStale()) return failure;
    if (!isOverfull()) return undefined;
    return lookup ? lookupFailure : new RangeError("There are more revocations than are kept.");
  }

  /** Answers for a token that is not known to be revoked. */
  function otherwise(answer: boolean | undefined): boolean {
    if (answer !== undefined || options.whenUnavailable !== "refuse") return answer === true;
    throw new IdentityError("provider_unavailable", { cause: outage() });
  }

  function judge(principal: AnyPrincipal): boolean | Promise<boolean> {
    if (copy.has(principal)) return true;
    if (isStale()) return otherwise(undefined);
    if (!isOverfull()) return false;
    const answer = lookup?.isRevoked(principal);
    return answer instanceof Promise ? answer.then(otherwise) : otherwise(answer);
  }

  return {
    isRevoked(principal) {
      const due = reader.due();
      return due ? due.then(() => judge(principal)) : judge(principal);
    },

    async check() {
      await reader.due();
      const cause = outage();
      if (cause !== undefined) otherwise(undefined);
    },

    copyState() {
      const ageSeconds = reader.age() / 1000;
      return {
        entries: copy.size(),
        ageSeconds: Number.isFinite(ageSeconds) ? ageSeconds : undefined,
        isAvailable: outage() === undefined,
      };
    },

    async add(revocation) {
      await list.add(revocation);
      copy.add(revocation);
      lookup?.forget();
      showSize(copy.size());
    },
  };
}

/** Makes a report that is shown what is wrong, if anything is, and tells of each outage and of its end once. */
function createOutageReport({
  onFailure,
  onRecovery,
}: Pick<RevocationCheckOptions, "onFailure" | "onRecovery">): (cause: unknown) => void {
  let isTold = false;
  return (cause) => {
    const isOut = cause !== undefined;
    if (isOut && !isTold) onFailure?.(cause);
    if (!isOut && isTold) onRecovery?.();
    isTold = isOut;
  };
}

import type { AnyPrincipal } from "../../../domain/principal.ts";
import type { Revocation, UserRevocation } from "../../../domain/revocation.ts";

/** The revocations that are known here. */
export interface RevocationCopy {
  /** Keeps a revocation. Where there is no more room, the one that has been here longest is lost. */
  add(revocation: Revocation): void;
  has(principal: AnyPrincipal): boolean;
  /**
   * The time until when something is missing that was lost for want of room, in seconds since the epoch: 0 if nothing
   * is.
   */
  isLackingUntil(): number;
  /** Forgets revocations that are over. */
  prune(nowSeconds: number): void;
  /** A number that grows with everything that is kept. */
  count(): number;
  /** Gives the revocations that were kept up to a count and not changed since. */
  keptUpTo(count: number): Iterable<Revocation>;
  /** Tells whether a revocation, or a longer one of the same, is known. */
  covers(revocation: Revocation): boolean;
}

interface Kept extends Pick<UserRevocation, "issuedUntil" | "until"> {
  /** The count that it was kept at. */
  readonly count: number;
}

type Entry = Omit<Kept, "count">;

/**
 * Makes a copy that has nothing in it.
 *
 * @param maxEntries - most sessions, and most users, to keep
 */
export function createRevocationCopy(maxEntries: number): RevocationCopy {
  const sessions = new Map<string, Kept>();
  const users = new Map<string, Kept>();
  let lackingUntil = 0;
  let count = 0;

  function keep(kept: Map<string, Kept>, key: string, { issuedUntil, until }: Entry): void {
    const entry = { issuedUntil, until };
    count += 1;
    kept.set(key, { ...latest(kept.get(key) ?? entry, entry), count });
    if (kept.size <= maxEntries) return;
    for (const [oldest, lost] of kept) {
      kept.delete(oldest);
      lackingUntil = Math.max(lackingUntil, lost.until);
      return;
    }
  }

  return {
    add(revocation) {
      const { issuer, until } = revocation;
      if (revocation.kind === "user") keep(users, keyOf(issuer, revocation.subject), revocation);
      else keep(sessions, keyOf(issuer, revocation.sessionId), { issuedUntil: 0, until });
    },

    has({ issuer, subject, issuedAt, ...principal }) {
      const revoked = users.size > 0 ? users.get(keyOf(issuer, subject)) : undefined;
      if (revoked && issuedAt <= revoked.issuedUntil) return true;
      if (sessions.size === 0 || principal.kind === "machine") return false;
      const { sessionId } = principal;
      return sessionId !== undefined && sessions.has(keyOf(issuer, sessionId));
    },

    isLackingUntil: () => lackingUntil,

    prune(nowSeconds) {
      for (const kept of [sessions, users])
        for (const [key, { until }] of kept) if (until <= nowSeconds) kept.delete(key);
    },

    count: () => count,

    covers(revocation) {
      const { kind, issuer, until } = revocation;
      const kept = (kind === "session" ? sessions : users).get(keyOf(issuer, idOf(revocation)));
      const issuedUntil = kind === "session" ? 0 : revocation.issuedUntil;
      return kept !== undefined && kept.until >= until && kept.issuedUntil >= issuedUntil;
    },

    *keptUpTo(last) {
      for (const [key, { count, until }] of sessions) {
        const [issuer, sessionId] = partsOf(key);
        if (count <= last) yield { kind: "session", issuer, sessionId, until };
      }
      for (const [key, { count, until, issuedUntil }] of users) {
        const [issuer, subject] = partsOf(key);
        if (count <= last) yield { kind: "user", issuer, subject, issuedUntil, until };
      }
    },
  };
}

function latest(one: Entry, other: Entry): Entry {
  return {
    issuedUntil: Math.max(one.issuedUntil, other.issuedUntil),
    until: Math.max(one.until, other.until),
  };
}

function idOf(revocation: Revocation): string {
  return revocation.kind === "session" ? revocation.sessionId : revocation.subject;
}

/** An issuer is an address, and no address has a line break. */
function partsOf(key: string): readonly [issuer: string, id: string] {
  const end = key.indexOf("\n");
  return [key.slice(0, end), key.slice(end + 1)];
}

function keyOf(issuer: string, id: string): string {
  return `${issuer}\n${id}`;
}

import type { AnyPrincipal } from "../../../domain/principal.ts";
import type { Revocation, UserRevocation } from "../../../domain/revocation.ts";

/** The revocations that are known here. */
export interface RevocationCopy {
  /** Keeps a revocation. Where there is no more room, the one that has been here longest is lost. */
  add(revocation: Revocation): void;
  has(principal: AnyPrincipal): boolean;
  /** Until when something is missing that was lost for want of room, in seconds since the epoch: 0 if nothing is. */
  isLackingUntil(): number;
  /** Forgets what is over. */
  prune(nowSeconds: number): void;
}

type Kept = Pick<UserRevocation, "issuedUntil" | "until">;

/**
 * Makes a copy that has nothing in it.
 *
 * @param maxEntries - most sessions, and most users, to keep
 */
export function createRevocationCopy(maxEntries: number): RevocationCopy {
  const sessions = new Map<string, Kept>();
  const users = new Map<string, Kept>();
  let lackingUntil = 0;

  function keep(kept: Map<string, Kept>, key: string, { issuedUntil, until }: Kept): void {
    const earlier = kept.get(key);
    kept.set(key, {
      issuedUntil: Math.max(issuedUntil, earlier?.issuedUntil ?? 0),
      until: Math.max(until, earlier?.until ?? 0),
    });
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
  };
}

function keyOf(issuer: string, id: string): string {
  return `${issuer}\n${id}`;
}

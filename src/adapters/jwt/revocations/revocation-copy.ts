import type { AnyPrincipal } from "../../../domain/principal.ts";
import type { Revocation, UserRevocation } from "../../../domain/revocation.ts";
import { createEntriesByIssuer } from "./entries-by-issuer.ts";

/** The revocations that are known here. */
export interface RevocationCopy {
  /** Keeps a revocation. Where there is no more room, the one of its issuer that has been here longest is lost. */
  add(revocation: Revocation): void;
  has(principal: AnyPrincipal): boolean;
  /**
   * The time until when something is missing that was lost for want of room, in seconds since the epoch: 0 if nothing
   * is.
   */
  isLackingUntil(): number;
  /** The number of sessions, or of users where there are more. */
  size(): number;
  /** Forgets revocations that are over. */
  prune(nowSeconds: number): void;
  /** A number that grows with everything that is kept. */
  count(): number;
  /** Gives the revocations that were kept up to a count and not added since: not as they are, nor a longer one. */
  keptUpTo(count: number): Iterable<Revocation>;
}

interface Kept extends Pick<UserRevocation, "issuedUntil" | "until"> {
  /** The count when all that it says was last added. */
  readonly count: number;
}

/**
 * Makes a copy that has nothing in it.
 *
 * @param maxEntries - most sessions, and most users, to keep
 */
export function createRevocationCopy(maxEntries: number): RevocationCopy {
  const sessions = createEntriesByIssuer<Kept>(maxEntries);
  const users = createEntriesByIssuer<Kept>(maxEntries);
  let lackingUntil = 0;
  let count = 0;

  return {
    add(revocation) {
      const { issuer, until } = revocation;
      const isOfUser = revocation.kind === "user";
      const [kept, id] = isOfUser ? [users, revocation.subject] : [sessions, revocation.sessionId];
      count += 1;
      const added = { issuedUntil: isOfUser ? revocation.issuedUntil : 0, until, count };
      const lost = kept.set(issuer, id, longer(kept.get(issuer, id), added));
      if (lost) lackingUntil = Math.max(lackingUntil, lost.until);
    },

    has(principal) {
      const { issuer } = principal;
      const revoked = users.get(issuer, principal.subject);
      if (revoked && principal.issuedAt <= revoked.issuedUntil) return true;
      if (principal.kind === "machine") return false;
      const { sessionId } = principal;
      return sessionId !== undefined && sessions.get(issuer, sessionId) !== undefined;
    },

    isLackingUntil: () => lackingUntil,

    size: () => Math.max(sessions.size(), users.size()),

    prune(nowSeconds) {
      for (const kept of [sessions, users]) kept.deleteWhere(({ until }) => until <= nowSeconds);
    },

    count: () => count,

    *keptUpTo(last) {
      for (const [issuer, sessionId, { count, until }] of sessions.all())
        if (count <= last) yield { kind: "session", issuer, sessionId, until };
      for (const [issuer, subject, { count, until, issuedUntil }] of users.all())
        if (count <= last) yield { kind: "user", issuer, subject, issuedUntil, until };
    },
  };
}

/** Counts as added then only if it says all that is known. */
function longer(known: Kept | undefined, added: Kept): Kept {
  if (!known || (added.issuedUntil >= known.issuedUntil && added.until >= known.until))
    return added;
  return {
    issuedUntil: Math.max(known.issuedUntil, added.issuedUntil),
    until: Math.max(known.until, added.until),
    count: known.count,
  };
}

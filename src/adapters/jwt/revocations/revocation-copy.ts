import type { Principal } from "../../../domain/principal.ts";
import type { Revocation, UserRevocation } from "../../../domain/revocation.ts";

/** The revocations that are known here. */
export interface RevocationCopy {
  add(revocation: Revocation): void;
  has(principal: Principal): boolean;
  /** Forgets what is over. */
  prune(nowSeconds: number): void;
}

/** Makes a copy that has nothing in it. */
export function createRevocationCopy(): RevocationCopy {
  const sessions = new Map<string, number>();
  const users = new Map<string, Pick<UserRevocation, "issuedUntil" | "until">>();

  return {
    add(revocation) {
      const { issuer, until } = revocation;
      if (revocation.kind === "session") {
        const key = keyOf(issuer, revocation.sessionId);
        sessions.set(key, Math.max(until, sessions.get(key) ?? 0));
        return;
      }
      const key = keyOf(issuer, revocation.subject);
      const earlier = users.get(key);
      users.set(key, {
        issuedUntil: Math.max(revocation.issuedUntil, earlier?.issuedUntil ?? 0),
        until: Math.max(until, earlier?.until ?? 0),
      });
    },

    has({ issuer, subject, issuedAt, ...principal }) {
      const revoked = users.size > 0 ? users.get(keyOf(issuer, subject)) : undefined;
      if (revoked && issuedAt <= revoked.issuedUntil) return true;
      if (sessions.size === 0 || principal.kind !== "user") return false;
      const { sessionId } = principal;
      return sessionId !== undefined && sessions.has(keyOf(issuer, sessionId));
    },

    prune(nowSeconds) {
      for (const [key, until] of sessions) if (until <= nowSeconds) sessions.delete(key);
      for (const [key, { until }] of users) if (until <= nowSeconds) users.delete(key);
    },
  };
}

function keyOf(issuer: string, id: string): string {
  return `${issuer}\n${id}`;
}

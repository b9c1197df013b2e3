import type { Revocation } from "../../domain/revocation.ts";
import type { Clock, RevocationList } from "../../ports/index.ts";

/**
 * Makes a revocation list that this process alone knows of and that ends with it: for tests, for development, and for a
 * service of one instance whose restart may let signed-out access tokens live on.
 */
export function createMemoryRevocationList(clock: Clock = Date): RevocationList {
  // The oldest first: what is added again moves to the end.
  const entries = new Map<string, { readonly position: number; readonly revocation: Revocation }>();
  lists += 1;
  const listId = String(lists);
  let position = 0;

  function forgetOld(): void {
    const now = clock.now() / 1000;
    for (const [key, { revocation }] of entries) if (revocation.until <= now) entries.delete(key);
  }

  return {
    async add(revocation) {
      const key = JSON.stringify(whom(revocation));
      const earlier = entries.get(key)?.revocation;
      entries.delete(key);
      position += 1;
      entries.set(key, {
        position,
        revocation: earlier ? longer(earlier, revocation) : revocation,
      });
    },

    async read(cursor = "") {
      forgetOld();
      const [ofList, seen] = cursor.split(":");
      const since = ofList === listId ? Number(seen) || 0 : 0;
      const added = [...entries.values()].filter((entry) => entry.position > since);
      return {
        revocations: added.map(({ revocation }) => revocation),
        cursor: `${listId}:${position}`,
      };
    },
  };
}

/** The number of lists so far, so that the cursor of one is none of another's. */
let lists = 0;

/** Makes one revocation that says what both do, of the same session or user. */
function longer(one: Revocation, other: Revocation): Revocation {
  const until = Math.max(one.until, other.until);
  if (one.kind === "session" || other.kind === "session") return { ...other, until };
  return { ...other, until, issuedUntil: Math.max(one.issuedUntil, other.issuedUntil) };
}

function whom(revocation: Revocation): readonly string[] {
  const { kind, issuer } = revocation;
  return [kind, issuer, kind === "session" ? revocation.sessionId : revocation.subject];
}

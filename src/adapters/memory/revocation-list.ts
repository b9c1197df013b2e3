import type { Revocation } from "../../domain/revocation.ts";
import type { Clock, RevocationList } from "../../ports/index.ts";

/**
 * Makes a revocation list that this process alone knows of and that ends with it: for tests, for development, and for a
 * service of one instance whose restart may let signed-out access tokens live on.
 */
export function createMemoryRevocationList(clock: Clock = Date): RevocationList {
  // The oldest first: what is added again moves to the end.
  const entries = new Map<string, { readonly position: number; readonly revocation: Revocation }>();
  let position = 0;

  function forgetOld(): void {
    const now = clock.now() / 1000;
    for (const [key, { revocation }] of entries) if (revocation.until <= now) entries.delete(key);
  }

  return {
    async add(revocation) {
      const key = JSON.stringify(whom(revocation));
      entries.delete(key);
      position += 1;
      entries.set(key, { position, revocation });
    },

    async read(cursor = "0") {
      forgetOld();
      const added = [...entries.values()].filter((entry) => entry.position > Number(cursor));
      return {
        revocations: added.map(({ revocation }) => revocation),
        cursor: String(position),
      };
    },
  };
}

function whom(revocation: Revocation): readonly string[] {
  const { kind, issuer } = revocation;
  return [kind, issuer, kind === "session" ? revocation.sessionId : revocation.subject];
}

import type { Revocation } from "../../domain/revocation.ts";
import type { Clock, RevocationList } from "../../ports/index.ts";
import { createSortedList } from "./store/sorted-list.ts";

/** A revocation, and its place in the order in which they were added. */
interface Entry {
  readonly key: string;
  readonly position: number;
  readonly revocation: Revocation;
}

/** Most that are given at once. */
const mostAtOnce = 1000;

/**
 * Makes a revocation list that this process alone knows of and that ends with it: for tests, for development, and for a
 * service of one instance whose restart may let signed-out access tokens live on.
 */
export function createMemoryRevocationList(clock: Clock = Date): RevocationList {
  const entries = new Map<string, Entry>();
  // The oldest first: what is added again moves to the end.
  const byPosition = createSortedList<number, Entry>(() => 0);
  const byEnd = createSortedList<number, Entry>(({ position: serial }) => serial);
  lists += 1;
  const listId = String(lists);
  let position = 0;

  function remove(entry: Entry): void {
    entries.delete(entry.key);
    byPosition.delete({ key: entry.position, serial: 0 });
    byEnd.delete({ key: entry.revocation.until, serial: entry.position });
  }

  function forgetOld(): void {
    const now = clock.now() / 1000;
    for (let [first] = byEnd.from(); first && first.revocation.until <= now; [first] = byEnd.from())
      remove(first);
  }

  return {
    async add(revocation) {
      const key = JSON.stringify(whom(revocation));
      const earlier = entries.get(key);
      if (earlier) remove(earlier);
      position += 1;
      const longest = earlier ? longer(earlier.revocation, revocation) : revocation;
      const entry = { key, position, revocation: longest };
      entries.set(key, entry);
      byPosition.put({ key: position, serial: 0 }, entry);
      byEnd.put({ key: longest.until, serial: position }, entry);
    },

    async read(cursor = "") {
      forgetOld();
      const [ofList, seen] = cursor.split(":");
      const since = ofList === listId ? Number(seen) || 0 : 0;
      const part: Entry[] = [];
      let hasMore = false;
      for (const entry of byPosition.from({ key: since, serial: 0 })) {
        hasMore = part.length === mostAtOnce;
        if (hasMore) break;
        part.push(entry);
      }
      return {
        revocations: part.map(({ revocation }) => revocation),
        cursor: `${listId}:${part.at(-1)?.position ?? position}`,
        hasMore,
      };
    },

    async find({ issuer, subject, sessionId }) {
      forgetOld();
      const owners = [["user", issuer, subject]];
      if (sessionId !== undefined) owners.push(["session", issuer, sessionId]);
      return owners
        .flatMap((owner) => entries.get(JSON.stringify(owner)) ?? [])
        .map(({ revocation }) => revocation);
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

import type { Revocation } from "../../domain/revocation.ts";
import type { Clock, RevocationList } from "../../ports/index.ts";

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
  // The oldest first. What is added again is there twice, and counts the second time.
  let log: Entry[] = [];
  let start = 0;
  lists += 1;
  const listId = String(lists);
  let position = 0;

  const isLast = (entry: Entry) => entries.get(entry.key) === entry;
  const isOver = ({ revocation }: Entry) => revocation.until <= clock.now() / 1000;

  /** Up to the first that lasts, so that whoever asks when nothing is new looks at one. */
  function forgetOld(): void {
    for (let entry = log[start]; entry && (!isLast(entry) || isOver(entry)); entry = log[start]) {
      if (isLast(entry)) entries.delete(entry.key);
      start += 1;
    }
    if (log.length <= 2 * entries.size + mostAtOnce) return;
    log = log.slice(start).filter(isLast);
    start = 0;
  }

  function indexAfter(seen: number): number {
    let [low, high] = [start, log.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((log[middle]?.position ?? 0) > seen) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    async add(added) {
      const key = JSON.stringify(whom(added));
      const earlier = entries.get(key)?.revocation;
      position += 1;
      const entry = { key, position, revocation: earlier ? longer(earlier, added) : added };
      entries.set(key, entry);
      log.push(entry);
      forgetOld();
    },

    async read(cursor = "") {
      forgetOld();
      const [ofList, seen] = cursor.split(":");
      const from = indexAfter(ofList === listId ? Number(seen) || 0 : 0);
      const part = log.slice(from, from + mostAtOnce);
      return {
        revocations: part
          .filter((entry) => isLast(entry) && !isOver(entry))
          .map(({ revocation }) => revocation),
        cursor: `${listId}:${part.at(-1)?.position ?? position}`,
        hasMore: from + part.length < log.length,
      };
    },

    async find({ issuer, subject, sessionId }) {
      const owners = [["user", issuer, subject]];
      if (sessionId !== undefined) owners.push(["session", issuer, sessionId]);
      return owners
        .flatMap((owner) => entries.get(JSON.stringify(owner)) ?? [])
        .filter((entry) => !isOver(entry))
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

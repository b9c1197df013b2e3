import { unknownCursor } from "./cursor.ts";

/** A session's place in a list of them: the newest first, and by id where several began at once. */
export interface SessionPlace {
  readonly createdAt: number;
  readonly id: string;
}

/** Some sessions of a list in order, and the place of the last one where more come after it. */
export interface CutSessions<Session> {
  readonly sessions: readonly Session[];
  readonly last?: SessionPlace;
}

/** Sorts sessions into the order of their list. */
export function newestFirst(one: SessionPlace, other: SessionPlace): number {
  return other.createdAt - one.createdAt || (one.id < other.id ? -1 : Number(one.id > other.id));
}

/** Cuts the sessions that come after a place, which need not be a session's any more, out of a list in any order. */
export function cutSessions<Session extends SessionPlace>(
  all: readonly Session[],
  limit: number,
  after: SessionPlace | undefined,
): CutSessions<Session> {
  const left = after ? all.filter((session) => newestFirst(session, after) > 0) : all;
  const sessions = left.toSorted(newestFirst).slice(0, limit);
  const last = sessions.at(-1);
  if (!last || left.length <= limit) return { sessions };
  return { sessions, last: { createdAt: last.createdAt, id: last.id } };
}

/**
 * Checks a place that came with a cursor.
 *
 * @throws {IdentityError} `validation_failed` — it is none; path `["cursor"]`
 */
export function readPlace([createdAt, id]: readonly unknown[]): SessionPlace {
  if (typeof createdAt !== "number" || typeof id !== "string") throw unknownCursor();
  return { createdAt, id };
}

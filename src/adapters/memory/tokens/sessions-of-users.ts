import type { SavePoint } from "../store/save-point.ts";
import { createSortedList } from "../store/sorted-list.ts";

/** The parts of a session that it is in order by: its user, and its place among theirs, which is higher of later ones. */
interface PlacedSession {
  readonly subject: string;
  readonly serial: number;
}

/** An index of sessions by their users. */
export interface SessionsOfUsers<Session> extends SavePoint {
  /** Adds a session, or a change of one. */
  put(session: Session): void;
  delete(session: Session): void;
  /** Gives the sessions of a user, the newest first. */
  list(subject: string): readonly Session[];
}

/** Makes an index with no session in it. */
export function createSessionsOfUsers<Session extends PlacedSession>(): SessionsOfUsers<Session> {
  const sessions = createSortedList<string, Session>(({ serial }) => -serial);
  const placeOf = ({ subject: key, serial }: PlacedSession) => ({ key, serial: -serial });
  return {
    put: (session) => sessions.put(placeOf(session), session),
    delete: (session) => sessions.delete(placeOf(session)),
    list(subject) {
      const own: Session[] = [];
      for (const session of sessions.from(placeOf({ subject, serial: Infinity }))) {
        if (session.subject !== subject) break;
        own.push(session);
      }
      return own;
    },
    save: sessions.save,
  };
}

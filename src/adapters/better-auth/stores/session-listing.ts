import type { Clock } from "../../../ports/index.ts";
import type { Auth } from "../database/auth.ts";
import { isOpen, type Session, type SessionRow, sessionOf } from "../database/session-rows.ts";

/** The place that a part of a list starts at: the beginning, if empty. */
export interface SessionsStart {
  /** A moment, in milliseconds since the epoch: the sessions that follow began before it, or in it where there is an id. */
  readonly createdAt?: number;
  /** The id of the last session of the moment that was given. */
  readonly id?: string;
}

/** A part of a list of sessions, and where the next one starts: nowhere, if absent. */
export interface SomeSessions {
  readonly sessions: readonly Session[];
  readonly next?: SessionsStart;
}

/** Lists some of a user's open sessions, the newest first, with one query, or two where many began in one millisecond. */
export type ListSessions = (
  subject: string,
  limit: number,
  start: SessionsStart,
) => Promise<SomeSessions>;

type Where = NonNullable<Parameters<Auth["rows"]["findMany"]>[0]["where"]>;
type SortBy = NonNullable<Parameters<Auth["rows"]["findMany"]>[0]["sortBy"]>;

interface SomeRows {
  readonly rows: readonly SessionRow[];
  readonly next?: SessionsStart;
}

/** Makes the listing of the sessions in a database. Its queries sort by one column, so that a moment is never cut in two. */
export function createSessionListing({ rows }: Pick<Auth, "rows">, clock: Clock): ListSessions {
  /** Finds sessions whose time is not over, one more than asked for. */
  function findOpen(subject: string, limit: number, where: Where, sortBy: SortBy) {
    const own = { field: "userId", value: subject };
    const alive = { field: "expiresAt", operator: "gt" as const, value: new Date(clock.now()) };
    return rows.findMany<SessionRow>({
      model: "session",
      where: [own, alive, ...where],
      sortBy,
      limit: limit + 1,
    });
  }

  /** Finds what began before a moment, up to the end of another one. */
  async function before(
    subject: string,
    limit: number,
    createdAt: number | undefined,
  ): Promise<SomeRows> {
    const older: Where =
      createdAt === undefined
        ? []
        : [{ field: "createdAt", operator: "lt", value: new Date(createdAt) }];
    const found = await findOpen(subject, limit, older, { field: "createdAt", direction: "desc" });
    const cutAt = found[limit]?.createdAt.getTime();
    if (cutAt === undefined) return { rows: found };
    const whole = found.filter((row) => row.createdAt.getTime() > cutAt);
    const last = whole.at(-1);
    if (!last) return within(subject, limit, cutAt, "");
    return { rows: whole, next: { createdAt: last.createdAt.getTime() } };
  }

  /** Finds what began in one moment: in a millisecond, which a database may know more closely. */
  async function within(
    subject: string,
    limit: number,
    createdAt: number,
    id: string,
  ): Promise<SomeRows> {
    const moment: Where = [
      { field: "createdAt", operator: "gte", value: new Date(createdAt) },
      { field: "createdAt", operator: "lt", value: new Date(createdAt + 1) },
      { field: "id", operator: "gt", value: id },
    ];
    const found = await findOpen(subject, limit, moment, { field: "id", direction: "asc" });
    const shown = found.slice(0, limit);
    const last = found.length > limit ? shown.at(-1) : undefined;
    return { rows: shown, next: { createdAt, ...(last && { id: last.id }) } };
  }

  return async (subject, limit, { createdAt, id }) => {
    const { rows: found, next } =
      createdAt === undefined || id === undefined
        ? await before(subject, limit, createdAt)
        : await within(subject, limit, createdAt, id);
    const open = found.filter((row) => isOpen(row, clock.now()));
    return { sessions: open.map(sessionOf), ...(next && { next }) };
  };
}

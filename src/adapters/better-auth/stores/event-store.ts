import type { Page, PageRequest } from "../../../domain/page.ts";
import type { KeptSecurityEvent, SecurityEvent } from "../../../domain/security-event.ts";
import type { Clock, EventHistory, EventSink } from "../../../ports/index.ts";
import { readCursor, unknownCursor, writeCursor } from "../../shared/cursor.ts";
import { createEventIds, eventIdPattern, momentOf } from "../../shared/event-id.ts";
import type { Auth } from "../database/auth.ts";

const model = "porticoEvent";

/** A row: what is asked for by is its id alone, which has the time in it. */
interface EventRow {
  readonly id: string;
  readonly event: string;
}

/** The terms of {@link createEventHistory}. */
export interface EventHistoryTerms {
  readonly clock: Clock;
  /** The time that events are kept, in milliseconds. */
  readonly retentionMs: number;
  /** Runs a task on the rows of the database. */
  readonly run: <T>(task: (rows: Auth["rows"]) => Promise<T>) => Promise<T>;
  /** Hears of events that were lost: as too many waited, or as the database took none. */
  readonly onLost: (count: number) => void;
}

/** A history in a database, which can be waited for. */
export interface DatabaseEventHistory extends EventHistory, EventSink {
  /** Ends when no event waits to be written. */
  settled(): Promise<void>;
}

/** The most events that wait for the database. */
const maxWaiting = 1000;

/** The writes that are under way at once: fewer than a pool has connections, which requests need. */
const mostAtOnce = 2;

const pruneEveryMs = 3_600_000;

/**
 * Makes a history in a table of the database that accounts are in. No request waits for it. Events are written one after the
 * other, and those that are too old go once an hour.
 */
export function createEventHistory(terms: EventHistoryTerms): DatabaseEventHistory {
  const { clock, onLost, run } = terms;
  const nextId = createEventIds();
  const queue: KeptSecurityEvent[] = [];
  const workers = new Set<Promise<void>>();
  const prune = createPruning(terms);

  async function write({ id, ...event }: KeptSecurityEvent): Promise<void> {
    const data = { id, event: JSON.stringify(event), at: new Date(event.at) };
    try {
      await run((rows) => rows.create({ model, data, forceAllowId: true }));
    } catch {
      onLost(1);
    }
  }

  async function work(): Promise<void> {
    await prune();
    for (let next = queue.shift(); next; next = queue.shift()) await write(next);
  }

  return {
    record(event: SecurityEvent) {
      if (queue.length >= maxWaiting) return onLost(1);
      queue.push({ ...event, id: nextId(clock.now()) });
      if (workers.size >= mostAtOnce) return;
      const worker = work().finally(() => workers.delete(worker));
      workers.add(worker);
    },
    listEvents: (request) => run((rows) => listRows(rows, request)),
    async settled() {
      while (workers.size > 0) await Promise.all(workers);
    },
  };
}

async function listRows(
  rows: Auth["rows"],
  { limit, cursor }: PageRequest,
): Promise<Page<KeptSecurityEvent>> {
  const before =
    cursor === undefined ? [] : [{ field: "id", operator: "lt" as const, value: placeOf(cursor) }];
  const found = await rows.findMany<EventRow>({
    model,
    where: before,
    sortBy: { field: "id", direction: "desc" },
    limit: limit + 1,
  });
  const items = found.slice(0, limit).map(({ id, event }) => ({ ...JSON.parse(event), id }));
  const last = items.at(-1);
  return { items, ...(found.length > limit && last && { cursor: writeCursor([last.id]) }) };
}

function placeOf(cursor: string): string {
  const [id] = readCursor(cursor);
  if (typeof id !== "string" || !eventIdPattern.test(id)) throw unknownCursor();
  return id;
}

/** Takes events away that have been kept for long enough: with the first event, and then once an hour. */
function createPruning({ clock, retentionMs, run }: EventHistoryTerms): () => Promise<void> {
  let prunedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    const now = clock.now();
    if (Math.abs(now - prunedAt) < pruneEveryMs) return;
    prunedAt = now;
    const older = { field: "id", operator: "lt" as const, value: momentOf(now - retentionMs) };
    await run((rows) => rows.deleteMany({ model, where: [older] })).catch(() => undefined);
  };
}

import type { KeptSecurityEvent, SecurityEvent } from "../../domain/security-event.ts";
import type { EventHistory, EventSink } from "../../ports/index.ts";
import { readCursor, unknownCursor, writeCursor } from "../shared/cursor.ts";
import { createEventIds, eventIdPattern } from "../shared/event-id.ts";

/** Makes a history that this process alone knows of and that ends with it: of the newest events, as many as there is room for. */
export function createMemoryEventHistory(maxEvents = 10_000): EventHistory & EventSink {
  const nextId = createEventIds();
  const kept: KeptSecurityEvent[] = [];
  return {
    record(event: SecurityEvent) {
      kept.push({ ...event, id: nextId(event.at) });
      // A part at a time, as each time all that are left move.
      if (kept.length >= maxEvents * 1.1) kept.splice(0, kept.length - maxEvents);
    },
    async listEvents({ limit, cursor }) {
      const before = cursor === undefined ? undefined : placeOf(cursor);
      const newestFirst = kept.slice(-maxEvents).toReversed();
      const start = before === undefined ? 0 : newestFirst.findIndex(({ id }) => id === before) + 1;
      // Where the page ended, the events have made room for others by now: and so have all before it.
      if (before !== undefined && start === 0) return { items: [] };
      const items = newestFirst.slice(start, start + limit);
      const last = items.at(-1);
      const hasMore = start + limit < newestFirst.length && last;
      return { items, ...(hasMore && { cursor: writeCursor([last.id]) }) };
    },
  };
}

function placeOf(cursor: string): string {
  const [id] = readCursor(cursor);
  if (typeof id !== "string" || !eventIdPattern.test(id)) throw unknownCursor();
  return id;
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { createBetterAuthIdentityProvider } from "../../src/adapters/better-auth/index.ts";
import { createMemoryEventHistory } from "../../src/adapters/memory/index.ts";
import { createLogEventSink } from "../../src/adapters/system/event-sink.ts";
import { createJsonLinesLog } from "../../src/adapters/system/json-lines.ts";
import { createWebhookEventSink } from "../../src/adapters/webhook/index.ts";
import type { SecurityEvent } from "../../src/domain/security-event.ts";
import type { EventHistory } from "../../src/ports/index.ts";
import { type EventSinkHarness, eventSinkContract } from "../../src/testing/index.ts";
import { describeWithPostgres } from "../support/postgres.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import {
  startWebhookReceiver,
  verifiedWebhook,
  webhookSecret,
} from "../support/webhook-receiver.ts";

function runContract(harness: EventSinkHarness): void {
  for (const { name, run } of eventSinkContract)
    test(name, { timeout: 30_000 }, () => run(harness));
}

/** Waits until something has as many items as are expected. */
async function whenThere(
  count: number,
  read: () => Promise<readonly SecurityEvent[]> | readonly SecurityEvent[],
): Promise<readonly SecurityEvent[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await read();
    if (found.length >= count || Date.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Reads members in the names of the wire as those of the domain. */
function eventOf(members: Readonly<Record<string, unknown>>): SecurityEvent {
  const renamed = Object.entries(members).map(([name, value]) => [
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(renamed);
}

async function allOf(history: EventHistory): Promise<readonly SecurityEvent[]> {
  const events: SecurityEvent[] = [];
  let cursor: string | undefined;
  do {
    const page = await history.listEvents({ limit: 60, ...(cursor !== undefined && { cursor }) });
    events.push(...page.items.map(({ id: _, ...event }) => event));
    cursor = page.cursor;
  } while (cursor !== undefined);
  return events;
}

const nothing = () => undefined;
const cannotFail = { takeDown: nothing, bringBack: nothing };

describe("the log as an event sink", () => {
  runContract({
    async create() {
      const lines: string[] = [];
      const sink = createLogEventSink(createJsonLinesLog("info", Date, (line) => lines.push(line)));
      const read = () =>
        lines.map((line) => {
          const { time: _time, level: _level, event: type, ...members } = JSON.parse(line);
          return eventOf({ type, ...members });
        });
      return {
        sink,
        arrived: (count) => whenThere(count, read),
        ...cannotFail,
        close: async () => undefined,
      };
    },
  });
});

describe("a webhook as an event sink", () => {
  runContract({
    async create() {
      const receiver = await startWebhookReceiver();
      const secret = webhookSecret();
      const sink = createWebhookEventSink({
        url: receiver.url,
        secrets: [secret],
        clock: Date,
        onLost: nothing,
        pausesMs: [50, 100],
      });
      const read = () =>
        receiver.received.map((webhook) => {
          const { timestamp, data } = verifiedWebhook(webhook, secret) as {
            timestamp: string;
            data: Record<string, unknown>;
          };
          return eventOf({ ...data, at: Date.parse(timestamp) });
        });
      return {
        sink,
        arrived: (count) => whenThere(count, read),
        takeDown: () => receiver.answerWith(() => 503),
        bringBack: () => receiver.answerWith(() => 204),
        async close() {
          await sink.settled();
          await receiver.close();
        },
      };
    },
  });
});

describe("the history in memory as an event sink", () => {
  runContract({
    async create() {
      const sink = createMemoryEventHistory();
      return {
        sink,
        arrived: (count) => whenThere(count, () => allOf(sink)),
        ...cannotFail,
        close: async () => undefined,
      };
    },
  });
});

describe("the history in SQLite as an event sink", () => {
  runContract({
    async create() {
      const folder = await mkdtemp(join(tmpdir(), "portico-events-"));
      return inDatabase(`file:${join(folder, "users.db")}`, () =>
        rm(folder, { recursive: true, force: true }),
      );
    },
  });
});

describeWithPostgres("the history in PostgreSQL as an event sink", (url) => {
  runContract({
    async create() {
      const database = await createPostgresDatabase(url);
      return inDatabase(database.url, database.drop);
    },
  });
});

function inDatabase(databaseUrl: string, remove: () => Promise<void>) {
  const { events, close } = createBetterAuthIdentityProvider({
    databaseUrl,
    secret: "s".repeat(32),
    sendMessage: nothing,
    // The first call makes the tables.
    timeoutMs: 20_000,
  });
  if (!events) throw new Error("no events are kept");
  return {
    sink: events,
    arrived: (count: number) => whenThere(count, () => allOf(events)),
    ...cannotFail,
    async close() {
      await close();
      await remove();
    },
  };
}

import { expect, test } from "vitest";
import { createBetterAuthIdentityProvider } from "../../../../src/adapters/better-auth/index.ts";
import { createEventHistory } from "../../../../src/adapters/better-auth/stores/event-store.ts";

const day = 86_400_000;
const secret = "s".repeat(32);
const sendMessage = () => undefined;

function openHistory(options: Parameters<typeof createBetterAuthIdentityProvider>[0]) {
  const { events, settled, close } = createBetterAuthIdentityProvider({
    timeoutMs: 20_000,
    ...options,
  });
  return { events, settled, close };
}

test("events are kept for as many days as are set, counted by the clock", async () => {
  let now = Date.UTC(2026, 0, 1);
  const history = openHistory({
    databaseUrl: "file::memory:",
    secret,
    sendMessage,
    clock: { now: () => now },
    eventRetentionDays: 30,
  });
  const { events, settled, close } = history;
  const record = async (subject: string) => {
    events?.record({ type: "sign_in", outcome: "success", at: now, subject });
    await settled();
    await new Promise((resolve) => setTimeout(resolve, 10));
  };
  const kept = async () =>
    (await events?.listEvents({ limit: 60 }))?.items.map(({ subject }) => subject);

  await record("first");
  now += 29 * day;
  await record("second");
  expect(await kept()).toEqual(["second", "first"]);
  now += 2 * day;
  await record("third");
  expect(await kept()).toEqual(["third", "second"]);
  await close();
});

test("none are kept for no days", async () => {
  const { events, close } = openHistory({
    databaseUrl: "file::memory:",
    secret,
    sendMessage,
    eventRetentionDays: 0,
  });

  expect(events).toBeUndefined();
  await close();
});

test("events that the database does not take are lost, counted, and in nobody's way", async () => {
  let lost = 0;
  let waiting = 0;
  const history = createEventHistory({
    clock: Date,
    retentionMs: day,
    onLost(count) {
      lost += count;
    },
    // A database that is gone, and takes its time to say so.
    async run() {
      waiting += 1;
      await new Promise((resolve) => setTimeout(resolve, 1));
      waiting -= 1;
      throw new Error("gone");
    },
  });

  for (let count = 0; count < 1500; count += 1)
    history.record({ type: "sign_in", outcome: "success", at: 1 });

  expect(lost).toBeGreaterThan(490);
  expect(waiting).toBeLessThanOrEqual(2);
  await history.settled();
  expect(lost).toBe(1500);
});

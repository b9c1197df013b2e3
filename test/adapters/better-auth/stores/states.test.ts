import { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Auth, openAuth } from "../../../../src/adapters/better-auth/database/auth.ts";
import { settingsOf } from "../../../../src/adapters/better-auth/options.ts";
import { createDigest } from "../../../../src/adapters/better-auth/stores/digest.ts";
import {
  createStates,
  unknownUserKey,
} from "../../../../src/adapters/better-auth/stores/states.ts";
import { adjustableClock } from "../../memory/support.ts";
import { createDatabaseFile, secret } from "../support.ts";

/** States in a database that lets others run after each read, and whose calls may be others. */
async function startStates(
  change: (rows: Auth["rows"]) => Partial<Auth["rows"]> = () => ({}),
  databaseUrl = "file::memory:",
) {
  const clock = adjustableClock();
  const sendMessage = () => undefined;
  const settings = settingsOf({ databaseUrl, secret, sendMessage, clock });
  const { rows, close } = await openAuth(settings);
  onTestFinished(close);
  const findOne = async <T>(query: Parameters<Auth["rows"]["findOne"]>[0]): Promise<T | null> => {
    const row = await rows.findOne<T>(query);
    await setImmediate();
    return row;
  };
  const openStates = createStates(
    { rows: { ...rows, findOne, ...change(rows) } },
    { clock, digest: createDigest(secret) },
  );
  return { rows, clock, openStates, states: openStates<number>("count") };
}

function atOnce<T>(times: number, call: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, call));
}

describe("states in a database", () => {
  test("lose no change of many that come at once", async () => {
    const { states, clock } = await startStates();
    const expiresAt = clock.now() + 1000;

    const results = await atOnce(20, () =>
      states.update("a", (count = 0) => ({ next: { value: count + 1, expiresAt }, result: count })),
    );

    expect(results.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(await states.read("a")).toBe(20);
  });

  test("are given up on after fifty changes of others that came first", async () => {
    const { states, clock } = await startStates(() => ({ updateMany: async () => 0 }));
    const next = { value: 1, expiresAt: clock.now() + 1000 };
    await states.update("a", () => ({ next, result: undefined }));
    let tries = 0;

    const outcome = states.update("a", () => {
      tries += 1;
      return { next, result: undefined };
    });

    await expect(outcome).rejects.toMatchObject({
      code: "provider_unavailable",
      detail: "Too much at once.",
    });
    expect(tries).toBe(50);
  });

  test("fail as the database does", async () => {
    const error = new Error("the disk is full");
    const { states, clock } = await startStates(() => ({ create: () => Promise.reject(error) }));
    const next = { value: 1, expiresAt: clock.now() + 1000 };

    await expect(states.update("a", () => ({ next, result: undefined }))).rejects.toBe(error);
  });

  test("are not taken where another changed them since they were read", async () => {
    const { states, clock } = await startStates((rows) => ({
      async deleteMany(query) {
        await rows.updateMany({ model: "porticoState", where: [], update: { version: "another" } });
        return rows.deleteMany(query);
      },
    }));
    const next = { value: 1, expiresAt: clock.now() + 1000 };
    await states.update("a", () => ({ next, result: undefined }));

    expect([await states.take("a"), await states.read("a")]).toEqual([false, 1]);
  });

  test("stay as they are where there is nothing to change", async () => {
    const { states, rows, clock } = await startStates();
    const next = { value: 1, expiresAt: clock.now() + 1000 };
    await states.update("a", () => ({ next, result: undefined }));

    expect(await states.update("a", (value) => ({ result: value }))).toBe(1);
    expect(await states.update("b", (value) => ({ result: value }))).toBeUndefined();
    expect(await states.read("a")).toBe(1);
    expect(await rows.count({ model: "porticoState" })).toBe(1);
  });

  test("are taken by one of many", async () => {
    const { states, clock } = await startStates();
    const next = { value: 1, expiresAt: clock.now() + 1000 };
    await states.update("a", () => ({ next, result: undefined }));

    const taken = await atOnce(20, () => states.take("a"));

    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await states.read("a")).toBeUndefined();
  });

  test("are of one kind and key each, and end in time", async () => {
    const { states, openStates, clock } = await startStates();
    const next = { value: 1, expiresAt: clock.now() + 1000 };
    await states.update("a", () => ({ next, result: undefined }));

    expect(await openStates<number>("other").read("a")).toBeUndefined();
    expect(await states.read("b")).toBeUndefined();
    expect(await states.take("b")).toBe(false);
    clock.advance(1);
    expect(await states.read("a")).toBeUndefined();
    expect(await states.take("a")).toBe(false);
  });

  test("leave nothing behind once they have ended, whoever named whom", async () => {
    const { rows, states, clock } = await startStates();
    for (let index = 0; index < 10; index += 1) {
      const next = { value: index, expiresAt: clock.now() + 1000 };
      await states.update(`stranger ${index}`, () => ({ next, result: undefined }));
    }
    clock.advance(120);

    const next = { value: 1, expiresAt: clock.now() + 1000 };
    await states.update("a", () => ({ next, result: undefined }));

    expect(await rows.count({ model: "porticoState" })).toBe(1);
  });

  test("are looked through for what has ended once a minute", async () => {
    const { rows, states, clock } = await startStates();
    const keep = async (key: string, lifeMs: number) => {
      const next = { value: 1, expiresAt: clock.now() + lifeMs };
      await states.update(key, () => ({ next, result: undefined }));
      return rows.count({ model: "porticoState" });
    };
    const counts = [await keep("short", 1000), await keep("to the minute", 60_000)];
    clock.advance(59.999);
    counts.push(await keep("late", 1000));
    clock.advance(0.001);
    counts.push(await keep("in time", 3000));
    clock.advance(59.999);
    counts.push(await keep("early", 3000));
    clock.advance(0.001);
    counts.push(await keep("last", 1000));

    // A state that ends at this very moment is there until the next time.
    expect(counts).toEqual([1, 2, 3, 3, 4, 2]);
  });
});

describe("states of names that nobody has", () => {
  /** The most that are kept, and the number that is added before anyone looks whether they are more. */
  const [most, between] = [10_000, 1000];

  test("go early once they are too many, those that end soonest, and none of users", async () => {
    const { path } = await createDatabaseFile();
    // Most of what is added need not be there: that it was added is what counts.
    let isKept = true;
    const change = (rows: Auth["rows"]): Partial<Auth["rows"]> => ({
      create: (query) => (isKept ? rows.create(query) : Promise.resolve(Object(query.data))),
    });
    const { states, rows, clock } = await startStates(change, `file:${path}`);
    const keep = async (key: string, lifeMs = 3600_000) => {
      const next = { value: 1, expiresAt: clock.now() + lifeMs };
      await states.update(key, () => ({ next, result: undefined }));
    };
    await keep("a user's", 1);
    await keep("another user's", 2 * 3600_000);
    const database = new DatabaseSync(path);
    onTestFinished(() => database.close());
    const columns = "id, version, value, expiresAt, expendable";
    const row = database.prepare(`INSERT INTO porticoState (${columns}) VALUES (?, '', '1', ?, 1)`);
    database.exec("BEGIN");
    for (let number = 0; number < most + 5; number += 1)
      row.run(`!${number}`, new Date(clock.now() + 1000 + number).toISOString());
    database.exec("COMMIT");

    isKept = false;
    for (let number = 1; number < between; number += 1) await keep(unknownUserKey(String(number)));
    isKept = true;
    const counts: number[] = [];
    for (const name of ["next", "last", "one more"]) {
      await keep(unknownUserKey(name));
      counts.push(await rows.count({ model: "porticoState" }));
    }

    const kept = most + 2;
    expect(counts).toEqual([kept + 6, kept + 1, kept + 2]);
    const around = database.prepare("SELECT id FROM porticoState WHERE id IN ('!5', '!6')").all();
    expect(around).toEqual([{ id: "!6" }]);
    expect([await states.read("a user's"), await states.read("another user's")]).toEqual([1, 1]);
    expect(await states.read(unknownUserKey("next"))).toBe(1);
  }, 60_000);

  test("are kept under keys that no user's are", () => {
    expect(unknownUserKey("ada")).toBe("\u0000stranger ada");
  });
});

import { setImmediate } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Auth, openAuth } from "../../../../src/adapters/better-auth/database/auth.ts";
import { settingsOf } from "../../../../src/adapters/better-auth/options.ts";
import { createDigest } from "../../../../src/adapters/better-auth/stores/digest.ts";
import { createStates } from "../../../../src/adapters/better-auth/stores/states.ts";
import { adjustableClock } from "../../memory/support.ts";
import { secret } from "../support.ts";

/** States in a database that lets others run after each read. */
async function startStates() {
  const clock = adjustableClock();
  const sendMessage = () => undefined;
  const settings = settingsOf({ databaseUrl: "file::memory:", secret, sendMessage, clock });
  const { rows, close } = await openAuth(settings);
  onTestFinished(close);
  const findOne = async <T>(query: Parameters<Auth["rows"]["findOne"]>[0]): Promise<T | null> => {
    const row = await rows.findOne<T>(query);
    await setImmediate();
    return row;
  };
  const openStates = createStates(
    { rows: { ...rows, findOne } },
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
});

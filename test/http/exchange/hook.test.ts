import { describe, expect, test } from "vitest";
import type { RequestLogEntry } from "../../../src/http/exchange/request-log.ts";
import { account, password, startService, username } from "../support.ts";

const failures = {
  throws() {
    throw new Error("the sink is full");
  },
  async "rejects later"() {
    await Promise.resolve();
    throw new Error("the sink is full");
  },
};

describe.each(Object.entries(failures))("a hook that %s", (_how, fail) => {
  test("leaves the request as it is, and is told", async () => {
    const entries: RequestLogEntry[] = [];
    const { send } = startService({
      provider: { autoConfirm: true },
      ports: () => ({ events: { record: fail } }),
      log: (_severity, entry) => entries.push(entry),
    });
    await send("POST", "/v1/sign-up", { body: account });

    const { status } = await send("POST", "/v1/sign-in", { body: { username, password } });

    expect(status).toBe(200);
    const told = entries.filter(({ event }) => event === "hook_error");
    expect(told.length).toBeGreaterThan(0);
    expect(told[0]).toEqual({
      event: "hook_error",
      error: expect.stringContaining("the sink is full"),
    });
  });

  test("harms nothing where it hears of unknown callers either", async () => {
    const entries: RequestLogEntry[] = [];
    const { send, signUp, signIn } = startService({
      onUnknownCaller: fail,
      log: (_severity, entry) => entries.push(entry),
    });
    await signUp();

    await signIn();

    expect((await send("GET", "/health/live")).status).toBe(200);
    expect(entries.map(({ event }) => event)).toContain("hook_error");
    expect(entries.filter((entry) => "status" in entry && entry.status >= 500)).toEqual([]);
  });
});

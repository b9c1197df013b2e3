import { afterEach, beforeEach, expect, test } from "vitest";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import { timed } from "../support/timed.ts";
import { newAccount } from "./probe.ts";

/** Four minutes until the next guess: less than the clock jumps. One sign-up each second: much less. */
const limits =
  "sign_in_by_account_and_address=2/480,sign_up_by_address=1/1,sign_up_by_account=off,sign_in_by_address=off";

for (const runtime of ["node", "deno", "bun"] as const) {
  describeOnRuntime(runtime, `a clock that jumps on ${runtime}`, () => {
    let service: RunningRuntime;
    beforeEach(async () => {
      const settings = { IDENTITY_PROVIDER: "memory", RATE_LIMITS: limits, LOG_LEVEL: "info" };
      const options = { preload: "test/support/mishaps.ts" };
      service = await startRuntime(runtime, settings, options);
    });
    afterEach(() => service?.kill());

    async function post(path: string, body: unknown): Promise<number> {
      const headers = { "content-type": "application/json" };
      const init = { method: "POST", headers, body: JSON.stringify(body) };
      const answer = await fetch(`${service.url}${path}`, init);
      await answer.text();
      return answer.status;
    }

    /** Sets the clock, and waits until the log tells so. */
    async function jump(signal: "SIGHUP" | "SIGWINCH", minutes: number): Promise<void> {
      const timeNow = () => {
        const [last = ""] = service.output().split("\n").toReversed().filter(Boolean);
        return Date.parse(JSON.parse(last).time);
      };
      process.kill(service.pid, signal);
      const isThere = async () => {
        await fetch(`${service.url}/health/live`).then((answer) => answer.text());
        return Math.abs(timeNow() - Date.now() - minutes * 60_000) < 30_000;
      };
      await expect.poll(isThere, { timeout: 10_000 }).toBe(true);
    }

    test("five minutes forward gives a guesser no more guesses", timed, async () => {
      const { username } = newAccount();
      const guess = () => post("/v1/sign-in", { username, password: "wrong-Passw0rd!" });
      expect([await guess(), await guess(), await guess()]).toEqual([401, 401, 429]);

      await jump("SIGHUP", 5);

      expect(await guess()).toBe(429);
    });

    test("five minutes back has nobody wait for longer than a limit says", timed, async () => {
      const signUp = () => post("/v1/sign-up", newAccount());
      await expect.poll(signUp, { timeout: 10_000 }).toBe(429);

      await jump("SIGWINCH", -5);

      await expect.poll(signUp, { timeout: 10_000, interval: 1_100 }).toBe(201);
    });
  });
}

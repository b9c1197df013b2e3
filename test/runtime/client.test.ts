import { afterAll, beforeAll, expect, test } from "vitest";
import {
  describeOnRuntime,
  type RunningRuntime,
  runtimeNames,
  startRuntime,
} from "../support/runtimes.ts";

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `the client on ${runtime}`, () => {
    let running: RunningRuntime | undefined;

    beforeAll(async () => {
      running = await startRuntime(runtime, {}, { module: "test/runtime/library/client.ts" });
    });

    afterAll(() => running?.stop());

    test("goes through an account's life, from the sign-up to the sign-out", async () => {
      const response = await fetch(`${running?.url}/journey`);

      expect(await response.json()).toEqual({
        signUp: "confirmation_required",
        refused: "Der Benutzername oder das Passwort ist falsch.",
        step: "signed_in",
        isSame: true,
        qr: "<svg",
        me: 200,
        after: null,
        changes: ["signed_in", "signed_out"],
      });
    });
  });
}

import { expect, test } from "vitest";
import { createJweSeal } from "../../src/adapters/jwe/index.ts";
import { createApp } from "../../src/http/app.ts";
import { serve } from "../../src/node.ts";
import { createMemoryPorts } from "../support/memory-ports.ts";
import { describeOnRuntime, runtimeNames } from "../support/runtimes.ts";
import { runReport } from "./kit/run-report.ts";
import { password, username } from "./session-service.ts";

/** A service whose user can sign in, and whose cookies the reports can open. */
async function startService() {
  const { ports, memory } = createMemoryPorts({ autoConfirm: true });
  await memory.identity.signUp({ username, password, attributes: {} });
  const seal = createJweSeal({ secrets: ["s".repeat(32)] });
  return serve({ fetch: createApp({ ...ports, seal }).fetch, port: 0 });
}

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `sessions that an application reads on ${runtime}`, () => {
    test("are those of the service, and renewed there", async () => {
      const service = await startService();
      try {
        const report = await runReport(runtime, "session", `http://127.0.0.1:${service.port}`);

        expect(report).toEqual({
          first: "signed_in as its user, 0 cookies",
          due: "renewal_due, 0 cookies",
          renewed: "signed_in as its user, 2 cookies",
          after: "signed_in as its user, 0 cookies",
          rotated: "signed_in as its user, 2 cookies",
          madeUp: "signed_out, 0 cookies",
          nowhere: "unavailable, 0 cookies",
        });
      } finally {
        await service.close();
      }
    }, 120_000);
  });
}

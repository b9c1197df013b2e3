import { afterAll, beforeAll, expect, test } from "vitest";
import { describeOnRuntime, runtimeNames } from "../support/runtimes.ts";
import type { CaseOutcomes } from "./kit/case-outcomes.ts";
import { fetchingCases } from "./kit/fetching-cases.ts";
import { runReport } from "./kit/run-report.ts";
import { type KeyServer, startKeyServer } from "./verifier-key-server.ts";

let server: KeyServer;
beforeAll(async () => {
  server = await startKeyServer();
});
afterAll(() => server?.stop());

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `key sets that are fetched by ${runtime}`, () => {
    const names = fetchingCases("").map(({ name }) => name);
    let outcomes: CaseOutcomes = {};
    beforeAll(async () => {
      outcomes = await runReport(runtime, "fetching", server.url);
    }, 60_000);

    test("are tried as a whole", () => {
      expect(Object.keys(outcomes)).toEqual(names);
    });

    test.each(names)("%s", (name) => {
      expect(outcomes[name]).toBe("held");
    });
  });
}

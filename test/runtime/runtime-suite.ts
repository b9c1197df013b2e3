import { afterAll, beforeAll, expect } from "vitest";
import { describeOnRuntime, type RuntimeName } from "../support/runtimes.ts";
import { gapsOf } from "./gaps.ts";
import { providerNames, type RunningService, startService } from "./services.ts";
import { httpSuite } from "./suite.ts";

/** Runs the HTTP suite against a runtime's entry, started as a process of its own, on every provider. */
export function runtimeSuite(runtime: RuntimeName): void {
  for (const provider of providerNames) {
    describeOnRuntime(runtime, `${runtime} on ${provider}`, () => {
      let service: RunningService | undefined;
      beforeAll(async () => {
        service = await startService(runtime, provider);
      });
      afterAll(() => service?.stop());

      httpSuite({
        service: () => service ?? expect.fail("the service did not start"),
        gaps: gapsOf(runtime, provider),
      });
    });
  }
}

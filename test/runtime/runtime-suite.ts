import { afterAll, beforeAll, expect } from "vitest";
import { describeOnRuntime, type RuntimeName } from "../support/runtimes.ts";
import { gapOf, gapsOf } from "./gaps.ts";
import type { World } from "./http-case.ts";
import type { RunningService } from "./running-service.ts";
import { providerNames, startService, worldsOf } from "./services.ts";
import { httpSuite } from "./suite.ts";

/** Runs the HTTP suite against a runtime's entry, started as a process of its own, on every provider. */
export function runtimeSuite(runtime: RuntimeName): void {
  for (const provider of providerNames) {
    describeOnRuntime(runtime, `${runtime} on ${provider}`, () => {
      const services = new Map<World, RunningService>();
      const worldOf = worldsOf[provider];
      beforeAll(async () => {
        // One after the other, so that no two of them are given the same port.
        for (const world of new Set(Object.values(worldOf))) {
          services.set(world, await startService(runtime, provider, world));
        }
      }, 120_000);
      afterAll(async () => {
        await Promise.all([...services.values()].map(({ stop }) => stop()));
      });

      httpSuite({
        serviceOf: (world) =>
          services.get(worldOf[world]) ?? expect.fail("the service did not start"),
        gapOf: (httpCase) => gapOf(runtime, provider, httpCase),
        gapNames: Object.keys(gapsOf(runtime, provider)),
      });
    });
  }
}

import { afterAll, beforeAll, expect, test } from "vitest";
import { identityProviderContract, planContract } from "../../src/testing/index.ts";
import { strictCapabilities } from "../contract/cognito-strict-harness.ts";
import {
  describeOnRuntime,
  type RunningRuntime,
  runtimeNames,
  startRuntime,
} from "../support/runtimes.ts";
import { type ControlServer, startControlServer } from "./kit-on-strict/control-server.ts";

const limits = {
  capabilities: strictCapabilities,
  lacks: { hashing: "the back end hashes out of the adapter's sight" },
};

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `the conformance kit on ${runtime}, through the strict server`, () => {
    let control: ControlServer | undefined;
    let service: RunningRuntime | undefined;
    beforeAll(async () => {
      control = await startControlServer({ rotationGraceSeconds: 60 });
      const module = "test/runtime/kit-on-strict/service.ts";
      service = await startRuntime(runtime, {}, { module });
    });
    afterAll(async () => {
      await service?.stop();
      await control?.close();
    });

    async function outcomeOf(name: string): Promise<string> {
      const query = new URLSearchParams({ name, control: control?.url ?? "" });
      return (await fetch(`${service?.url}/?${query}`)).text();
    }

    for (const planned of planContract(identityProviderContract, limits)) {
      const { name } = planned.contractCase;
      if (planned.kind === "promise") {
        test(name, async () => {
          expect(await outcomeOf(name)).toBe("held");
        });
        continue;
      }
      test(`${planned.kind === "gap" ? "gap" : "not run"}: ${name} — ${planned.reason}`, async () => {
        expect(await outcomeOf(name)).toMatch(/^ContractFailure: /);
      });
    }
  });
}

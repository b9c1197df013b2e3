import type { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sharedWorkContract, sharedWorkOfProcessesContract } from "../../src/testing/index.ts";
import { startWorker } from "../support/cloudflare.ts";
import { describeOnRuntime } from "../support/runtimes.ts";

describeOnRuntime("worker", "shared work at the edge", () => {
  let worker: Miniflare;
  beforeAll(async () => {
    const classes = { SHARED_STATE_OBJECT: "SharedStateObject" };
    worker = await startWorker("test/support/edge-work-worker.ts", classes);
  });
  afterAll(() => worker?.dispose());

  describe("contract: SharedWork / Durable Object", () => {
    test.each([...sharedWorkContract, ...sharedWorkOfProcessesContract])(
      "$name",
      async ({ name }) => {
        const answer = await worker.dispatchFetch(
          `http://worker/?${new URLSearchParams({ case: name })}`,
        );

        expect(await answer.text()).toBe("");
        expect(answer.status).toBe(204);
      },
      60_000,
    );
  });
});

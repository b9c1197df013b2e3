import type { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replayStoreContract, sharedReplayStoreContract } from "../../src/testing/index.ts";
import { startWorker } from "../support/cloudflare.ts";
import { describeOnRuntime } from "../support/runtimes.ts";

describeOnRuntime("worker", "ids that were used, at the edge", () => {
  let worker: Miniflare;
  beforeAll(async () => {
    const classes = { SHARED_STATE_OBJECT: "SharedStateObject" };
    worker = await startWorker("test/support/edge-state-worker.ts", classes);
  });
  afterAll(() => worker?.dispose());

  describe("contract: ReplayStore / Durable Object", () => {
    test.each([...replayStoreContract, ...sharedReplayStoreContract])(
      "$name",
      async ({ name }) => {
        const query = new URLSearchParams({ suite: "replay-store", case: name });
        const answer = await worker.dispatchFetch(`http://worker/?${query}`);

        expect(await answer.text()).toBe("");
        expect(answer.status).toBe(204);
      },
      60_000,
    );
  });
});

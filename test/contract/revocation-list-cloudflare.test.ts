import type { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  revocationListContract,
  searchableRevocationListContract,
  sharedRevocationListContract,
} from "../../src/testing/index.ts";
import { startWorker } from "../support/cloudflare.ts";
import { describeOnRuntime } from "../support/runtimes.ts";

const cases = [
  ...revocationListContract,
  ...searchableRevocationListContract,
  ...sharedRevocationListContract,
];
const lists = { kv: "Workers KV", object: "Durable Object" } as const;

describeOnRuntime("worker", "revocations at the edge", () => {
  let worker: Miniflare;
  beforeAll(async () => {
    worker = await startWorker("test/support/edge-lists-worker.ts");
  });
  afterAll(() => worker?.dispose());

  for (const [list, title] of Object.entries(lists)) {
    describe(`contract: RevocationList / ${title}`, () => {
      test.each(cases)("$name", async (listCase) => {
        const query = new URLSearchParams({ list, case: listCase.name });

        const answer = await worker.dispatchFetch(`http://worker/?${query}`);

        expect(await answer.text()).toBe("");
        expect(answer.status).toBe(204);
      });
    });
  }
});

import type { Miniflare } from "miniflare";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startWorker } from "../support/cloudflare.ts";
import { describeOnRuntime } from "../support/runtimes.ts";

/** Runs the cases of a port's suites in a Worker, which `test/support/edge-state-worker.ts` has by the name of the suite. */
export function runEdgeContract(
  { title, port, suite }: { readonly title: string; readonly port: string; readonly suite: string },
  cases: readonly { readonly name: string }[],
): void {
  describeOnRuntime("worker", title, () => {
    let worker: Miniflare;
    beforeAll(async () => {
      const classes = { SHARED_STATE_OBJECT: "SharedStateObject" };
      worker = await startWorker("test/support/edge-state-worker.ts", classes);
    });
    afterAll(() => worker?.dispose());

    describe(`contract: ${port} / Durable Object`, () => {
      test.each(cases)(
        "$name",
        async ({ name }) => {
          const query = new URLSearchParams({ suite, case: name });
          const answer = await worker.dispatchFetch(`http://worker/?${query}`);

          expect(await answer.text()).toBe("");
          expect(answer.status).toBe(204);
        },
        60_000,
      );
    });
  });
}

import { appendFileSync } from "node:fs";
import { expect, test } from "vitest";
import { operations } from "./document.ts";
import { type FuzzResult, fuzz } from "./run.ts";
import type { OpenTarget } from "./targets.ts";

/** The seed of a run: of the day, so that each day tries other requests, or the one that is to be repeated. */
const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Date.now() / 86_400_000));
/** All requests together. */
const total = Number(process.env.FUZZ_REQUESTS ?? 20_000);
/** The one target that is to be asked, with all requests. */
const only = process.env.FUZZ_TARGET;
/** The requests after which a service is made anew, so that a long run meets no service that is full. */
const perService = 20_000;

/** Answers that a run has to have met: that accounts are made and used shows that the sequences are no noise. */
const reached = ["signUp 201", "confirmSignUp 200", "signIn 200", "getSession 200"];

/**
 * Registers the test of one target.
 *
 * @param share - of all requests
 */
export function fuzzing(name: string, share: number, open: () => Promise<OpenTarget>): void {
  const requests = Math.ceil(only === undefined ? total * share : total);
  test.runIf(only === undefined || only === name)(
    `no answer is undeclared, whatever is asked in whatever order: ${name}, seed ${seed}`,
    { timeout: 120_000 + requests * 50 },
    async () => {
      const answers = new Map<string, number>();
      let sent = 0;
      for (let service = 0; sent < requests; service++) {
        const target = await open();
        const terms = { seed: seed + 1_000 * service, requests: Math.min(perService, requests) };
        const result = await fuzz(target, terms).finally(() => target.close());
        sent += result.requests;
        for (const [key, count] of result.answers)
          answers.set(key, (answers.get(key) ?? 0) + count);
      }
      if (process.env.FUZZ_REQUESTS !== undefined) {
        console.log(tableOf(name, { requests: sent, answers }));
      }
      if (process.env.FUZZ_RESULTS !== undefined) {
        appendFileSync(process.env.FUZZ_RESULTS, `${sent} ${name}\n`);
      }
      expect(reached.filter((key) => !answers.has(key))).toEqual([]);
    },
  );
}

function tableOf(name: string, { requests, answers }: FuzzResult): string {
  const rows = operations.map(({ operationId }) => {
    const own = [...answers].filter(([key]) => key.startsWith(`${operationId} `));
    const counts = own.map(([key, count]) => `${key.split(" ")[1]}×${count}`).sort();
    return `  ${operationId}: ${counts.join(" ") || "never asked"}`;
  });
  return `${name}, seed ${seed}: ${requests} requests\n${rows.join("\n")}`;
}

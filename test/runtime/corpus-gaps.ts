import type { RuntimeName } from "../support/runtimes.ts";

/** What of the corpus is known not to hold, by the name of the case, with the reason: a lack of the runtime's. */
export const corpusGaps: Readonly<Record<RuntimeName, Readonly<Record<string, string>>>> = {
  node: {},
  deno: {},
  bun: {},
  worker: {},
};

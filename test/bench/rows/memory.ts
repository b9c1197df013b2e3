import { startChild } from "../child.ts";
import type { Row } from "../figure.ts";
import type { MemoryGrowth } from "../processes/memory-growth.ts";

/** The most that a verifier may keep of the tokens that it saw, in MiB. */
const boundMebibytes = 32;

/** How much memory a million distinct tokens leave in use. */
export const memory: Row = {
  name: "memory",
  async measure() {
    const script = "test/bench/processes/memory-growth.ts";
    const child = startChild({ script, args: [], flags: ["--expose-gc"] });
    const { tokens, mebibytes } = await child.ask<MemoryGrowth>();
    child.stop();
    return [
      {
        work: `memory in use after ${tokens.toLocaleString("en")} distinct tokens`,
        against: "the cache's bound",
        value: mebibytes,
        unit: "MiB",
        bar: { kind: "at most", value: boundMebibytes },
        remark: "the most that was seen after a collection",
      },
    ];
  },
};

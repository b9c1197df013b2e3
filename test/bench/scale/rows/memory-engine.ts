import { measureCallGrowth } from "../call-growth.ts";
import type { ScaleRow } from "../curve.ts";

/** How the calls of the in-memory provider grow with its users, their sessions, and as many revocations. */
export const memoryEngine: ScaleRow = {
  name: "memory-engine",
  measure: (part) =>
    measureCallGrowth(
      {
        subject: "in-memory provider",
        script: "test/bench/processes/memory-engine-growth.ts",
        mostUserBytes: 2_500,
      },
      part,
    ),
};

import { measureCallGrowth } from "../call-growth.ts";
import type { ScaleRow } from "../curve.ts";

/** How the calls of the strict Cognito server grow with the users of a pool, without HTTP. */
export const strictServer: ScaleRow = {
  name: "strict-server",
  measure: (part) =>
    measureCallGrowth(
      {
        subject: "strict server",
        script: "test/bench/processes/strict-server-growth.ts",
        // It keeps more: a code that an administrator made needless, and what SRP takes.
        mostUserBytes: 3_000,
      },
      part,
    ),
};

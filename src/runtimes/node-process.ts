import { monitorEventLoopDelay } from "node:perf_hooks";
import process from "node:process";
import type { ProcessReader } from "../service/telemetry/metrics.ts";

/** The time between two looks at the event loop, in milliseconds. */
const resolutionMs = 10;

/** Begins to watch this process. */
export function createProcessReader(): ProcessReader {
  const histogram = monitorEventLoopDelay({ resolution: resolutionMs });
  histogram.enable();
  return {
    runtime: "node",
    memoryBytes: () => process.memoryUsage.rss(),
    eventLoopDelay() {
      const delays = {
        mean: seconds(histogram.mean),
        p50: seconds(histogram.percentile(50)),
        p99: seconds(histogram.percentile(99)),
        max: seconds(histogram.max),
      };
      histogram.reset();
      return delays;
    },
  };
}

/** The histogram has how long after one look the next came, in nanoseconds: of which the time between is no delay. */
function seconds(nanoseconds: number): number {
  // Of no look at all the mean is not a number.
  return Math.max(0, (nanoseconds || 0) / 1e9 - resolutionMs / 1000);
}

import type { Log } from "../../adapters/system/json-lines.ts";
import type { UpstreamObserver } from "../../ports/index.ts";

/** Logs that calls to the provider are no longer made, and that they are again. Single calls are for metrics. */
export function createUpstreamLog(log: Log, metrics?: UpstreamObserver): UpstreamObserver {
  const event = "upstream_breaker";
  return {
    onCall: (call) => metrics?.onCall(call),
    onBreaker(change) {
      metrics?.onBreaker(change);
      const { category, state } = change;
      if (state !== "half_open")
        log(state === "open" ? "error" : "info", { event, category, state });
    },
  };
}

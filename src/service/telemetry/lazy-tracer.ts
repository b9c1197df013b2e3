import { loadOpenTelemetryTracer } from "../../adapters/opentelemetry/index.ts";
import type { Log } from "../../adapters/system/json-lines.ts";
import type { OpenSpan, Tracer } from "../../ports/index.ts";
import { reasonOf } from "../revocations.ts";

/** A span of nothing. */
const unrecorded: OpenSpan = {
  traceId: undefined,
  rename: () => undefined,
  set: () => undefined,
  fail: () => undefined,
};

/**
 * Makes a tracer that is loaded beside whatever else is done at the start, and records nothing until it is. Where the package
 * is missing, the log says so, and the service goes on without.
 */
export function createLazyTracer(log: Log): Tracer {
  let loaded: Tracer | undefined;
  void loadOpenTelemetryTracer().then(
    (tracer) => {
      loaded = tracer;
    },
    (error) => log("error", { event: "tracing", outcome: "failure", reason: reasonOf(error) }),
  );
  return {
    trace: (opening, work) => (loaded ? loaded.trace(opening, work) : work(unrecorded)),
    carry: () => loaded?.carry() ?? {},
  };
}

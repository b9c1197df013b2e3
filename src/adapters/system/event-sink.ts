import type { EventSink } from "../../ports/index.ts";
import type { Log } from "./json-lines.ts";

/** Makes a sink that writes each security event to the log: failures as warnings, so that they pass most filters. */
export function createLogEventSink(log: Log): EventSink {
  return {
    record({ outcome, type, requestId, traceId, ...event }) {
      const ids = {
        ...(requestId && { request_id: requestId }),
        ...(traceId && { trace_id: traceId }),
      };
      const entry = { event: type, outcome, ...ids, ...event };
      log(outcome === "failure" ? "warn" : "info", entry);
    },
  };
}

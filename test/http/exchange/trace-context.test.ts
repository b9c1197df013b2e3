import { describe, expect, test } from "vitest";
import type { RequestLogEntry } from "../../../src/http/exchange/request-log.ts";
import { startService } from "../support.ts";

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const parent = "00f067aa0ba902b7";

async function logged(traceparent: string | undefined) {
  const entries: RequestLogEntry[] = [];
  const { send, events } = startService({ log: (_severity, entry) => void entries.push(entry) });
  await send("GET", "/v1/session", {
    token: "no-token",
    headers: { ...(traceparent !== undefined && { traceparent }) },
  });
  const [entry] = entries;
  return {
    ofRequest: entry && "trace_id" in entry ? entry.trace_id : undefined,
    ofEvent: events[0]?.traceId,
  };
}

describe("the trace that a request names", () => {
  test.each([
    `00-${traceId}-${parent}-01`,
    `00-${traceId}-${parent}-00`,
    // Members of a later version are for later (W3C Trace Context, section 4).
    `01-${traceId}-${parent}-01-more`,
  ])("is in its line of the log and in its events: %s", async (traceparent) => {
    expect(await logged(traceparent)).toEqual({ ofRequest: traceId, ofEvent: traceId });
  });

  test.each([
    undefined,
    "",
    traceId,
    `ff-${traceId}-${parent}-01`,
    `00-${"0".repeat(32)}-${parent}-01`,
    `00-${traceId}-${"0".repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${parent}-01`,
    `00-${traceId}-${parent}`,
    `00-${traceId}-${parent}-01x`,
    `00-${traceId.slice(1)}-${parent}-01`,
    `00-${traceId}-${parent}-01, 00-${traceId}-${parent}-01`,
    'x","level":"error',
  ])("is none where the header is none: %s", async (traceparent) => {
    expect(await logged(traceparent)).toEqual({ ofRequest: undefined, ofEvent: undefined });
  });
});

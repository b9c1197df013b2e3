import type { WithCallerAddress } from "../../domain/ip-address.ts";
import type { EventSink } from "../../ports/index.ts";
import type { Exchange } from "./exchange.ts";
import { traceIdOf } from "./trace-context.ts";

/** Takes the events of one request: each tells which it is of, and where that came from. */
export function eventsOf(
  exchange: Exchange,
  events: EventSink,
  callerOf: (exchange: Exchange) => WithCallerAddress,
): EventSink {
  return {
    record(event) {
      const { callerAddress: address } = callerOf(exchange);
      const { requestId } = exchange;
      const traceId = traceIdOf(exchange);
      events.record({
        ...event,
        requestId,
        ...(traceId !== undefined && { traceId }),
        ...(address !== undefined && { address }),
      });
    },
  };
}

import type { HonoRequest } from "hono";
import type { Exchange } from "./exchange.ts";

/** The one version that there is: its trace, its parent and its flags, in small hexadecimal digits. */
const traceparent =
  /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?:-|$)/;

/**
 * Gives the id of the trace that a request belongs to: the one that is recorded here, or that the client says. A header that is
 * none is as good as missing.
 *
 * @see https://www.w3.org/TR/trace-context/#traceparent-header
 */
export function traceIdOf({ traceId, request }: Exchange): string | undefined {
  return traceId ?? traceparent.exec(request.header("traceparent") ?? "")?.[1];
}

/** Gives the headers that say which trace a request belongs to. */
export function carrierOf(request: HonoRequest): Readonly<Record<string, string>> {
  const parent = request.header("traceparent");
  const state = request.header("tracestate");
  if (parent === undefined || !traceparent.test(parent)) return {};
  return { traceparent: parent, ...(state !== undefined && { tracestate: state }) };
}

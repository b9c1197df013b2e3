import { isUnlistedPreflight } from "./cors.ts";
import type { Exchange } from "./exchange.ts";
import { traceIdOf } from "./trace-context.ts";

/** Writes one log entry. Returns at once and never throws. */
export type RequestLog = (severity: "info" | "error", entry: RequestLogEntry) => void;

/**
 * The line that is logged of a request: nothing that the client chose but the method. No path parameter, query or body,
 * as those hold names and secrets.
 */
export type RequestLogEntry =
  | {
      readonly event: "request";
      readonly request_id: string;
      /** The trace that it belongs to, if it names one or is recorded in one. */
      readonly trace_id?: string;
      readonly method: string;
      /** The pattern, not the path. Absent where nothing is served at the path. */
      readonly route?: string;
      readonly status: number;
      readonly duration_ms: number;
      /** The code of the problem that was answered with. */
      readonly code?: string;
      /** Whether a browser asked for a page of an origin that `CORS_ORIGINS` does not list, and was told no. */
      readonly cors?: "origin_not_listed";
    }
  | {
      /** Something went wrong that is not the client's doing. */
      readonly event: "request_error";
      readonly request_id: string;
      /** The trace that it belongs to, if it names one or is recorded in one. */
      readonly trace_id?: string;
      readonly code: string;
      readonly error: string;
    }
  | {
      /** A hook failed that no request waits for. */
      readonly event: "hook_error";
      readonly error: string;
    };

/**
 * Makes the entry of a request, once its answer is known.
 *
 * @param status - of the answer
 * @param origins - the origins whose pages may call
 */
export function requestEntry(
  exchange: Exchange,
  status: number,
  origins: readonly string[],
): RequestLogEntry {
  const { request, requestId, startedAt, route, problemCode } = exchange;
  return {
    event: "request",
    request_id: requestId,
    ...traceOf(exchange),
    method: request.method,
    ...(route !== undefined && { route }),
    status,
    duration_ms: Math.round((performance.now() - startedAt) * 100) / 100,
    ...(problemCode !== undefined && { code: problemCode }),
    ...(isUnlistedPreflight(request.raw, origins) && { cors: "origin_not_listed" }),
  };
}

/** Makes the entry of a fault of ours. */
export function faultEntry(exchange: Exchange, error: unknown): RequestLogEntry {
  const { requestId, problemCode = "internal_error" } = exchange;
  return {
    event: "request_error",
    request_id: requestId,
    ...traceOf(exchange),
    code: problemCode,
    error: stackOf(error),
  };
}

function traceOf(exchange: Exchange): { readonly trace_id?: string } {
  const traceId = traceIdOf(exchange);
  return traceId === undefined ? {} : { trace_id: traceId };
}

/** Writes an error with everything that caused it, for the log. */
export function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return "something was thrown that is not an Error";
  const own = ownStackOf(error);
  return error.cause === undefined ? own : `${own}\ncaused by ${stackOf(error.cause)}`;
}

/**
 * The stack of an error, without what failed to parse: the message quotes that, on some runtimes by the word, and it may
 * be a password.
 */
function ownStackOf(error: Error): string {
  const { name, message, stack = `${name}: ${message}` } = error;
  if (!(error instanceof SyntaxError)) return stack;
  const frames = stack.split("\n").filter((line) => /^\s+at /.test(line));
  return [`${name}: (not shown)`, ...frames].join("\n");
}

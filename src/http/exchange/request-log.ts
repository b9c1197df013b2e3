import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../environment.ts";
import { isUnlistedPreflight } from "./cors.ts";

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
      readonly code: string;
      readonly error: string;
    };

/**
 * Logs one entry for each request, once its answer is known.
 *
 * @param origins - the origins whose pages may call
 */
export function requestLog(log: RequestLog, origins: readonly string[]): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    // Not the Clock: wall time can step, and this is never compared with anything.
    const start = performance.now();
    await next();
    const { requestId, route, problemCode } = c.var;
    log(c.res.status < 500 ? "info" : "error", {
      event: "request",
      request_id: requestId,
      method: c.req.method,
      ...(route !== undefined && { route }),
      status: c.res.status,
      duration_ms: Math.round((performance.now() - start) * 100) / 100,
      ...(problemCode !== undefined && { code: problemCode }),
      ...(isUnlistedPreflight(c.req.raw, origins) && { cors: "origin_not_listed" }),
    });
  };
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

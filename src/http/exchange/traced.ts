import { promptly } from "../../domain/promptly.ts";
import type { Tracer } from "../../ports/index.ts";
import type { Exchange } from "./exchange.ts";
import { carrierOf } from "./trace-context.ts";

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * Answers a request as a part of the trace that it names: by its method and the pattern of its route, and never its path.
 *
 * @see https://opentelemetry.io/docs/specs/semconv/http/http-spans/#http-server-span
 */
export function answerTraced(
  tracer: Tracer,
  exchange: Exchange,
  answer: () => Response | Promise<Response>,
): Response | Promise<Response> {
  const { request } = exchange;
  const method = methods.has(request.method) ? request.method : "_OTHER";
  const name = method === "_OTHER" ? "HTTP" : method;
  const attributes = { "http.request.method": method };
  const opening = { name, kind: "server", attributes, carrier: carrierOf(request) } as const;
  return tracer.trace(opening, (span) => {
    if (span.traceId !== undefined) exchange.traceId = span.traceId;
    return promptly(answer(), (response) => {
      const { route, problemCode = "internal_error" } = exchange;
      if (route !== undefined) {
        span.rename(`${name} ${route}`);
        span.set("http.route", route);
      }
      span.set("http.response.status_code", response.status);
      if (response.status >= 500) span.fail(problemCode);
      return response;
    });
  });
}

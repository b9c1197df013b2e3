import { isIdentityError } from "../../domain/errors.ts";
import type { OpenSpan, Tracer } from "../../ports/index.ts";

/** The platform's tracing, as far as we use it. @see https://developers.cloudflare.com/workers/observability/traces/ */
export interface WorkersTracing {
  enterSpan<T>(name: string, work: (span: WorkersSpan) => T): T;
}

interface WorkersSpan {
  setAttribute(name: string, value: string | number): void;
}

/**
 * Makes a tracer over the platform's tracing, which records what the Worker's settings say, and names the trace to whom the
 * Worker calls by itself.
 */
export function createWorkersTracer(tracing: WorkersTracing): Tracer {
  return {
    trace: ({ name, attributes = {} }, work) =>
      tracing.enterSpan(name, (span) => {
        for (const [key, value] of Object.entries(attributes)) span.setAttribute(key, value);
        const open = openSpan(span);
        try {
          const result = work(open);
          if (result instanceof Promise) result.catch((error) => open.fail(codeOf(error)));
          return result;
        } catch (error) {
          open.fail(codeOf(error));
          throw error;
        }
      }),
    carry: () => ({}),
  };
}

function openSpan(span: WorkersSpan): OpenSpan {
  return {
    traceId: undefined,
    // A span keeps the name that it began with.
    rename: (name) => span.setAttribute("span.name", name),
    set: (name, value) => span.setAttribute(name, value),
    fail: (reason) => span.setAttribute("error.type", reason),
  };
}

function codeOf(error: unknown): string {
  return isIdentityError(error) ? error.code : "internal_error";
}

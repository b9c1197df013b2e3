import { isIdentityError } from "../../domain/errors.ts";
import type { OpenSpan, SpanOpening, Tracer } from "../../ports/index.ts";

/** The part of the package that we use. */
export interface OpenTelemetryApi {
  readonly trace: { getTracer(name: string): ApiTracer };
  readonly context: { active(): unknown };
  readonly propagation: {
    extract(context: unknown, carrier: object): unknown;
    inject(context: unknown, carrier: object): void;
  };
}

interface ApiTracer {
  startActiveSpan<T>(
    name: string,
    options: object,
    context: unknown,
    work: (span: ApiSpan) => T,
  ): T;
}

interface ApiSpan {
  spanContext(): { readonly traceId: string };
  setAttribute(name: string, value: string | number): unknown;
  setStatus(status: { readonly code: number }): unknown;
  updateName(name: string): unknown;
  end(): void;
}

/** Numbers of the package: https://opentelemetry.io/docs/specs/otel/trace/api/#spankind */
const kinds = { internal: 0, server: 1, client: 2 } as const;
const failed = 2;
const noTrace = "0".repeat(32);

/**
 * Makes a tracer over the API of OpenTelemetry. What is recorded and where it goes is up to the SDK that whoever runs the
 * process has registered: without one nothing is.
 *
 * @see https://opentelemetry.io/docs/specs/otel/trace/api/
 */
export function createOpenTelemetryTracer(api: OpenTelemetryApi): Tracer {
  const tracer = api.trace.getTracer("portico");
  return {
    trace<T>({ name, kind, attributes, carrier }: SpanOpening, work: (span: OpenSpan) => T): T {
      const active = api.context.active();
      const parent = carrier ? api.propagation.extract(active, carrier) : active;
      return tracer.startActiveSpan(name, { kind: kinds[kind], attributes }, parent, (span) => {
        const open = openSpan(span);
        return untilItEnds(open, () => span.end(), work);
      });
    },
    carry() {
      const headers: Record<string, string> = {};
      api.propagation.inject(api.context.active(), headers);
      return headers;
    },
  };
}

function openSpan(span: ApiSpan): OpenSpan {
  const { traceId } = span.spanContext();
  let isFailed = false;
  return {
    traceId: traceId === noTrace ? undefined : traceId,
    rename: (name) => void span.updateName(name),
    set: (name, value) => void span.setAttribute(name, value),
    fail(reason) {
      // The first one knows best.
      if (isFailed) return;
      isFailed = true;
      span.setAttribute("error.type", reason);
      span.setStatus({ code: failed });
    },
  };
}

/** Ends a span with its work. Of an error it has the code alone: a message could tell anything. */
function untilItEnds<T>(open: OpenSpan, end: () => void, work: (span: OpenSpan) => T): T {
  const fail = (error: unknown) => {
    open.fail(isIdentityError(error) ? error.code : "internal_error");
    end();
    throw error;
  };
  let result: T;
  try {
    result = work(open);
  } catch (error) {
    return fail(error);
  }
  if (!(result instanceof Promise)) {
    end();
    return result;
  }
  const ended = result.then((value) => {
    end();
    return value;
  }, fail);
  return ended as T;
}

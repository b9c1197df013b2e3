import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import {
  createOpenTelemetryTracer,
  type OpenTelemetryApi,
} from "../../../src/adapters/opentelemetry/tracer.ts";
import { IdentityError } from "../../../src/domain/errors.ts";

/** The package itself, with no SDK behind it, as most who install it have it. */
const api: OpenTelemetryApi = createRequire(import.meta.url)("@opentelemetry/api");
const opening = { name: "signIn", kind: "internal" } as const;

/** The package's tracer in front of one that keeps what it is told. */
function recording() {
  const told: string[] = [];
  const span = {
    spanContext: () => ({ traceId: "4bf92f3577b34da6a3ce929d0e0e4736" }),
    setAttribute: (name: string, value: string | number) => told.push(`${name}=${value}`),
    setStatus: ({ code }: { readonly code: number }) => told.push(`status ${code}`),
    updateName: (name: string) => told.push(`named ${name}`),
    end: () => void told.push("ended"),
  };
  const trace: OpenTelemetryApi["trace"] = {
    getTracer: () => ({ startActiveSpan: (_name, _options, _context, work) => work(span) }),
  };
  return { told, tracer: createOpenTelemetryTracer({ ...api, trace }) };
}

describe("a tracer over OpenTelemetry", () => {
  test("does the work and names no trace where nobody records", async () => {
    const tracer = createOpenTelemetryTracer(api);

    expect(tracer.trace(opening, ({ traceId }) => [traceId, 7])).toEqual([undefined, 7]);
    await expect(tracer.trace(opening, async () => 8)).resolves.toBe(8);
    expect(tracer.carry()).toEqual({});
  });

  test("ends a span with its work, and no sooner", async () => {
    const { told, tracer } = recording();
    const { promise, resolve: finish } = Promise.withResolvers<void>();
    const work = tracer.trace(opening, () => promise);
    expect(told).toEqual([]);
    finish();
    await work;

    expect(told).toEqual(["ended"]);
    expect(tracer.trace(opening, ({ traceId }) => traceId)).toMatch(/^4bf9/);
    expect(told).toEqual(["ended", "ended"]);
  });

  test.each([
    [new IdentityError("code_mismatch"), "code_mismatch"],
    [new Error("password=Hunter-2"), "internal_error"],
  ])("tells of an error its code and nothing else, and throws it: %s", async (error, code) => {
    const { told, tracer } = recording();

    const later = tracer.trace(opening, () => Promise.reject(error));
    await expect(later).rejects.toBe(error);
    expect(() =>
      tracer.trace(opening, () => {
        throw error;
      }),
    ).toThrow(error);

    const ending = [`error.type=${code}`, "status 2", "ended"];
    expect(told).toEqual([...ending, ...ending]);
  });

  test("keeps the first reason of a failure", async () => {
    const { told, tracer } = recording();
    const work = tracer.trace(opening, async (span) => {
      span.fail("NotAuthorizedException");
      throw new IdentityError("invalid_credentials");
    });

    await expect(work).rejects.toThrow();
    expect(told).toEqual(["error.type=NotAuthorizedException", "status 2", "ended"]);
  });
});

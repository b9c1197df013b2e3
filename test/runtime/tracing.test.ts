import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type CognitoUpstream, startCognitoUpstream } from "../support/cognito-upstream.ts";
import { throws } from "../support/cognito-upstream-answers.ts";
import {
  describeOnRuntime,
  type RunningRuntime,
  type RuntimeName,
  startRuntime,
} from "../support/runtimes.ts";
import { startOtlpServer } from "../support/telemetry/otlp-server.ts";
import { cognitoEnvironment } from "./cognito-environment.ts";

const pool = {
  poolId: "us-east-1_Tracing",
  clientId: "tracingclient1",
  clientSecret: "secret-of-the-client",
};
const register = join(import.meta.dirname, "../support/telemetry/register.mjs");
const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const parentId = "00f067aa0ba902b7";
const traceparent = `00-${traceId}-${parentId}-01`;
const username = "traced-user@example.com";
const password = "Traced-Horse-7";
const timeout = { timeout: 60_000 };

describe("traces", () => {
  let upstream: CognitoUpstream;
  let otlp: Awaited<ReturnType<typeof startOtlpServer>>;
  let service: RunningRuntime | undefined;

  beforeEach(async () => {
    upstream = await startCognitoUpstream(pool);
    otlp = await startOtlpServer();
  });
  afterEach(async () => {
    await service?.kill();
    service = undefined;
    await otlp.close();
    await upstream.stop();
  });

  async function start(runtime: RuntimeName, environment: Record<string, string>) {
    const nowhere = "https://issuer.example/pool";
    const place = { ...pool, endpoint: upstream.endpoint, issuer: nowhere, jwksUri: nowhere };
    service = await startRuntime(runtime, {
      ...cognitoEnvironment(place),
      OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url,
      ...environment,
    });
    return service;
  }

  async function signIn(
    { url }: RunningRuntime,
    headers: Record<string, string> = { traceparent },
  ) {
    const response = await fetch(`${url}/v1/sign-in`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ username, password }),
    });
    await response.text();
    return response;
  }

  const spansOf = (id: string) => otlp.spans.filter((span) => span.traceId === id);

  describeOnRuntime("node", "on node", () => {
    const recorded = { TRACING: "on", NODE_OPTIONS: `--import ${register}` };

    test(
      "lead from the request over the use case to the call upstream, which is told",
      timeout,
      async () => {
        const running = await start("node", recorded);

        await signIn(running);

        await expect.poll(() => spansOf(traceId).length).toBe(3);
        const named = new Map(spansOf(traceId).map((span) => [span.name, span]));
        const server = named.get("POST /v1/sign-in");
        const useCase = named.get("signIn");
        const call = named.get("CognitoIdentityProvider/AdminInitiateAuth");
        expect(server?.parentSpanId).toBe(parentId);
        expect(useCase?.parentSpanId).toBe(server?.spanId);
        expect(call?.parentSpanId).toBe(useCase?.spanId);
        // As the protocol numbers them: 1 is internal, 2 a server's, 3 a client's.
        expect([server?.kind, useCase?.kind, call?.kind]).toEqual([2, 1, 3]);
        expect(server?.attributes).toMatchObject({
          "http.request.method": "POST",
          "http.route": "/v1/sign-in",
        });
        const sent = upstream.requests.find(({ operation }) => operation === "AdminInitiateAuth");
        expect(sent?.traceparent).toBe(`00-${traceId}-${call?.spanId}-01`);
      },
    );

    test("say of a failure upstream what it was, and on whose side", timeout, async () => {
      upstream.script("AdminInitiateAuth", throws("InternalErrorException"));
      const running = await start("node", recorded);

      const { status } = await signIn(running);

      await expect.poll(() => spansOf(traceId).length).toBe(3);
      expect(status).toBe(503);
      const errors = spansOf(traceId).map(({ name, status, attributes }) => [
        name,
        status?.code,
        attributes["error.type"],
      ]);
      expect(errors.toSorted()).toEqual([
        ["CognitoIdentityProvider/AdminInitiateAuth", 2, "InternalErrorException"],
        ["POST /v1/sign-in", 2, "provider_unavailable"],
        ["signIn", 2, "provider_unavailable"],
      ]);
    });

    test("begin here where a client names none, and the log names them", timeout, async () => {
      const running = await start("node", recorded);

      await signIn(running, {});

      const line = () =>
        /"event":"request".*"trace_id":"([0-9a-f]{32})".*sign-in/.exec(running.output());
      await expect.poll(() => line()?.[1]).toBeDefined();
      await expect.poll(() => spansOf(line()?.[1] ?? "").length).toBe(3);
    });

    test("hold no secret, no user name and no path", timeout, async () => {
      const running = await start("node", recorded);

      await signIn(running);
      await fetch(`${running.url}/v1/admin/users/${username}?q=${password}`, {
        headers: { authorization: `Bearer ${password}` },
      });
      await expect.poll(() => otlp.text()).toContain("/v1/admin/users/{username}");

      for (const secret of [username, password, pool.clientSecret, "traced-user"])
        expect(otlp.text()).not.toContain(secret);
    });

    test("are none while TRACING is off, though a recorder is there", timeout, async () => {
      const running = await start("node", { NODE_OPTIONS: `--import ${register}` });

      await signIn(running);

      await expect.poll(() => running.output()).toContain(`"trace_id":"${traceId}"`);
      expect(otlp.spans).toEqual([]);
      // The sign-in is one of them; the others look at the pool, at the start.
      expect(upstream.requests.length).toBeGreaterThan(0);
      expect(upstream.requests.filter((request) => request.traceparent !== undefined)).toEqual([]);
    });
  });

  const recording = {
    deno: {
      OTEL_DENO: "true",
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_BSP_SCHEDULE_DELAY: "100",
    },
    bun: { BUN_OPTIONS: `--preload ${register}` },
  } as const;
  for (const runtime of ["deno", "bun"] as const) {
    describeOnRuntime(runtime, `on ${runtime}`, () => {
      test("lead from the request to the call upstream, which is told", timeout, async () => {
        const running = await start(runtime, { TRACING: "on", ...recording[runtime] });

        await signIn(running);

        const names = () => spansOf(traceId).map(({ name }) => name);
        const call = "CognitoIdentityProvider/AdminInitiateAuth";
        await expect
          .poll(names, { timeout: 10_000 })
          .toEqual(expect.arrayContaining(["POST /v1/sign-in", "signIn", call]));
        const sent = upstream.requests.find(({ operation }) => operation === "AdminInitiateAuth");
        expect(sent?.traceparent).toContain(traceId);
      });

      test("change nothing where nobody records them", timeout, async () => {
        const running = await start(runtime, { TRACING: "on" });

        await signIn(running);

        await expect.poll(() => running.output()).toContain(`"trace_id":"${traceId}"`);
        expect(running.output()).not.toContain('"event":"tracing"');
      });
    });
  }

  describeOnRuntime("worker", "on worker", () => {
    test("are the platform's, and the log names what the client says", timeout, async () => {
      const running = await start("worker", { TRACING: "on" });

      const { status } = await signIn(running);

      expect(status).toBeLessThan(500);
      await expect.poll(() => running.output()).toContain(`"trace_id":"${traceId}"`);
    });
  });
});

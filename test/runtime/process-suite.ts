import type { ServerResponse } from "node:http";
import { connect } from "node:net";
import process from "node:process";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CognitoUpstream, startCognitoUpstream } from "../support/cognito-upstream.ts";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import { timed } from "../support/timed.ts";
import { cognitoEnvironment } from "./cognito-environment.ts";
import { newAccount } from "./probe.ts";

const pool = {
  poolId: "us-east-1_Process",
  clientId: "processclient1",
  clientSecret: "secret-of-the-client",
};

const requestsInFlight = 10;
const patiently = { timeout: 10_000 };

/** How the service ends, where it is a process of its own. */
export function processSuite(runtime: "node" | "deno" | "bun"): void {
  describeOnRuntime(runtime, `${runtime} as a process`, () => {
    let upstream: CognitoUpstream;
    let service: RunningRuntime;
    /** Answers that the provider owes. */
    const held: ServerResponse[] = [];

    beforeEach(async () => {
      upstream = await startCognitoUpstream(pool);
      upstream.script("SignUp", (_request, response) => void held.push(response));
      const nowhere = "https://issuer.example/pool";
      const place = { ...pool, endpoint: upstream.endpoint, issuer: nowhere, jwksUri: nowhere };
      // Longer than a busy machine takes to send all requests: they have to wait for the test, not to time out.
      const patience = { COGNITO_TIMEOUT_MS: "20000" };
      const options = { preload: "test/support/mishaps.ts" };
      service = await startRuntime(runtime, { ...cognitoEnvironment(place), ...patience }, options);
    });
    afterEach(async () => {
      held.length = 0;
      await service?.kill();
      await upstream?.stop();
    });

    test(
      "finishes what is in flight at SIGTERM, takes nothing new, and ends with status 0",
      timed,
      async () => {
        const answers = Array.from({ length: requestsInFlight }, () => signUp(service.url));
        await expect.poll(() => held.length, patiently).toBe(requestsInFlight);

        const stopped = service.stop();
        await expect.poll(() => isListening(service.url), patiently).toBe(false);
        for (const response of held) response.end('{"UserConfirmed":false,"UserSub":"a"}');

        const statuses = (await Promise.all(answers)).map(({ status }) => status);
        const answered = performance.now();
        expect(statuses).toEqual(statuses.map(() => 201));
        expect(await stopped).toBe(0);
        // It waits for answers, and not for clients that keep their connections.
        expect(performance.now() - answered).toBeLessThan(2_000);
      },
    );

    test("ends with status 0 when nothing is in flight, idle connections or not", async () => {
      await fetch(`${service.url}/health/live`).then((response) => response.text());
      expect(await service.stop()).toBe(0);
    });

    test.each(["SIGTERM", "SIGINT"] as const)(
      "ends at once, with status 1, at %s after a SIGTERM",
      async (signal) => {
        const answer = signUp(service.url).catch(() => undefined);
        await expect.poll(() => held.length, patiently).toBe(1);

        const stopped = service.stop();
        await expect.poll(() => isListening(service.url), patiently).toBe(false);
        process.kill(service.pid, signal);

        expect(await stopped).toBe(1);
        expect(await answer).toBeUndefined();
      },
    );

    test("logs a rejection that nobody handles, finishes what is in flight, and ends with status 1", async () => {
      const answer = signUp(service.url);
      await expect.poll(() => held.length, patiently).toBe(1);

      process.kill(service.pid, "SIGUSR2");
      await expect.poll(() => isListening(service.url), patiently).toBe(false);
      for (const response of held) response.end('{"UserConfirmed":false,"UserSub":"a"}');

      expect((await answer).status).toBe(201);
      expect(await service.ended).toBe(1);
      const logged = service
        .output()
        .split("\n")
        .filter((line) => line.includes('"unhandled_error"'));
      expect(logged.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({
          level: "error",
          error: expect.stringMatching(/mishap-of-a-test\n +at /),
        }),
      ]);
    });
  });
}

function signUp(url: string): Promise<Response> {
  return fetch(`${url}/v1/sign-up`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(newAccount()),
  });
}

/** Whether a new connection is taken. */
function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
    socket.on("connect", () => socket.destroy());
  });
}

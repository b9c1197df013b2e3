import { afterEach, expect, test } from "vitest";
import {
  describeOnRuntime,
  type RunningRuntime,
  type RuntimeName,
  startRuntime,
} from "../support/runtimes.ts";
import { ServerExited } from "../support/server-process.ts";
import { expectProblem } from "./expectations.ts";
import { createProbe } from "./probe.ts";
import { giveawaysIn } from "./secrets.ts";

/** Each value is wrong, and must not be told. */
const wrongSettings = {
  LOG_LEVEL: "canary-level",
  CORS_ORIGINS: "canary-origin",
  SIGN_UP_TAKEN_USERNAME: "canary-policy",
  COGNITO_REGION: "canary region",
  COGNITO_ENDPOINT: "ftp://canary.example",
  COGNITO_CLIENT_SECRET: "canary secret",
  COGNITO_AUTH_FLOW: "CANARY_FLOW",
};

const missingSettings = ["COGNITO_USER_POOL_ID", "COGNITO_CLIENT_ID", "AWS_SECRET_ACCESS_KEY"];
const faultyNames = [...Object.keys(wrongSettings), ...missingSettings];
const badEnvironment = {
  IDENTITY_PROVIDER: "cognito",
  AWS_ACCESS_KEY_ID: "AKIDCANARY",
  ...wrongSettings,
};

/** What the service makes of its settings. */
export function settingsSuite(runtime: RuntimeName): void {
  describeOnRuntime(runtime, `${runtime} and its settings`, () => {
    let service: RunningRuntime | undefined;
    afterEach(async () => {
      await service?.kill();
      service = undefined;
    });

    test("starts on the in-memory provider when nothing is set, and says so loudly", async () => {
      service = await startRuntime(runtime, {});
      await fetch(`${service.url}/health/ready`);
      expect(service.output()).toMatch(/^WARNING: users are kept in memory/m);
      expect(service.output()).toContain("/dev/outbox");
    });

    if (runtime === "worker") {
      test("answers every request with the same 500 when its settings are at fault, and logs why", async () => {
        service = await startRuntime(runtime, badEnvironment, { isReady: hasAnswer });
        const probe = createProbe({
          url: service.url,
          secrets: [],
          codeFor: async () => expect.fail("nothing is sent here"),
          promote: async () => expect.fail("nobody is there"),
          output: service.output,
        });
        for (const path of ["/health/live", "/health/ready", "/v1/session", "/nope"]) {
          const answer = await probe.send("GET", path);
          expectProblem(answer, 500, "provider_misconfigured");
          expect(answer.body).not.toMatch(/COGNITO|canary/i);
        }
        expectFaultsTold(service.output());
      });
      return;
    }

    test("names every setting that is at fault, with no value, and ends with status 1", async () => {
      const failure = await startRuntime(runtime, badEnvironment).catch((error: unknown) => error);
      if (!(failure instanceof ServerExited)) expect.fail("the service does not start");
      expect(failure.status).toBe(1);
      expectFaultsTold(failure.output);
    });

    test("ends with an error when its port is in use", async () => {
      service = await startRuntime(runtime, {});
      const port = Number(new URL(service.url).port);
      const second = startRuntime(runtime, {}, { port, isReady: async () => false });
      const failure = await second.catch((error: unknown) => error);
      if (!(failure instanceof ServerExited)) expect.fail("the second service does not start");
      expect(failure.status).not.toBe(0);
      expect(failure.output).toMatch(/address.*in use|in use|EADDRINUSE/i);
    });
  });
}

function expectFaultsTold(output: string): void {
  const message = output.slice(output.indexOf("The settings are at fault:"));
  for (const name of faultyNames) expect(message).toContain(`  ${name}: `);
  expect(output).not.toMatch(/canary/i);
  expect(giveawaysIn(output)).toEqual([]);
}

async function hasAnswer(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

import { get } from "node:http";
import { networkInterfaces } from "node:os";
import { afterEach, expect, test } from "vitest";
import { describeWhere } from "../support/describe-where.ts";
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

const inMemory = { IDENTITY_PROVIDER: "memory" };

/** Settings that once opened a service whose codes anybody could read, and what is told of each. */
const doors: Readonly<Record<string, readonly [Record<string, string>, readonly string[]]>> = {
  "no provider": [{}, ["IDENTITY_PROVIDER"]],
  "a provider under a misspelt name": [
    { IDENTITY_PROVIDR: "cognito" },
    ["IDENTITY_PROVIDER", "IDENTITY_PROVIDR"],
  ],
  "a misspelt setting": [{ ...inMemory, CORS_ORIGIN: "https://id.example" }, ["CORS_ORIGIN"]],
};

/** What the service makes of its settings. */
export function settingsSuite(runtime: RuntimeName): void {
  describeOnRuntime(runtime, `${runtime} and its settings`, () => {
    let service: RunningRuntime | undefined;
    afterEach(async () => {
      await service?.kill();
      service = undefined;
    });

    test("starts on the in-memory provider, and says so loudly", async () => {
      service = await startRuntime(runtime, runtime === "worker" ? inMemory : {});
      await fetch(`${service.url}/health/ready`);
      expect(service.output()).toMatch(/^WARNING: users are kept in memory/m);
      expect(service.output()).toContain("/dev/outbox");
    });

    if (runtime === "worker") {
      test.each(Object.entries(doors))("opens nothing by %s", async (_what, [env, faults]) => {
        service = await startRuntime(runtime, env, { isReady: hasAnswer });
        const { status } = await fetch(`${service.url}/dev/outbox?username=ada`);
        expect(status).toBe(500);
        for (const fault of faults) expect(service.output()).toContain(`  ${fault}: `);
      });

      test.each([
        [{ IDENTITY_PROVIDER: "better-auth" }, "IDENTITY_PROVIDER: better-auth does not run"],
        [{ ...inMemory, REVOCATION_LIST: "redis" }, "REVOCATION_LIST: redis does not run"],
      ])("says of what its bundle leaves out that it does not run here: %j", async (env, fault) => {
        service = await startRuntime(runtime, env, { isReady: hasAnswer });
        await fetch(`${service.url}/health/live`);
        expect(service.output()).toContain(fault);
      });

      test("hands out no code unless it is told to, as it cannot tell who asks", async () => {
        service = await startRuntime(runtime, inMemory);
        expect(await askForCodes(service.url)).toBe(403);
        await service.kill();
        service = await startRuntime(runtime, { ...inMemory, DEV_OUTBOX: "true" });
        expect(await askForCodes(service.url)).toBe(200);
        expect(await askForCodes(service.url, { host: "id.example" })).toBe(403);
      });

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

    test.each(Object.entries(doors))("opens nothing by %s", async (_what, [env, faults]) => {
      // Whatever Deno may not read by name it cannot see.
      const options = { host: "0.0.0.0", denoTask: "start:better-auth" } as const;
      const failure = await startRuntime(runtime, env, options).catch((error: unknown) => error);
      if (!(failure instanceof ServerExited)) expect.fail("the service does not start");
      expect(failure.status).toBe(1);
      for (const fault of faults) expect(failure.output).toContain(`  ${fault}: `);
    });

    test("hands codes to this machine, by its own names and to its own pages", async () => {
      service = await startRuntime(runtime, {});
      const { host, port } = new URL(service.url);
      expect(await askForCodes(service.url)).toBe(200);
      expect(await askForCodes(service.url, { origin: service.url })).toBe(200);
      expect(await askForCodes(service.url, { host: `localhost:${port}` })).toBe(200);
      expect(await askForCodes(service.url, { host: `id.example:${port}` })).toBe(403);
      expect(await askForCodes(service.url, { origin: "https://id.example" })).toBe(403);
      expect(await askForCodes(service.url, { host, origin: "http://127.0.0.1" })).toBe(403);
    });

    const address = ownAddress();
    const missing = address === undefined ? "this machine has no address but loopback" : undefined;
    describeWhere("off loopback", { missing, required: false }, () => {
      test("hands no code to another machine, whatever it calls this one, unless it is told to", async () => {
        const options = { host: "0.0.0.0" };
        service = await startRuntime(runtime, inMemory, options);
        const { port } = new URL(service.url);
        const asked = { host: `localhost:${port}` };
        expect(await askForCodes(service.url, asked)).toBe(200);
        expect(await askForCodes(`http://${address}:${port}`, asked)).toBe(403);
        await service.kill();
        service = await startRuntime(runtime, { ...inMemory, DEV_OUTBOX: "true" }, options);
        const url = `http://${address}:${new URL(service.url).port}`;
        expect(await askForCodes(url, asked)).toBe(200);
      });
    });

    test("names every setting that is at fault, with no value, and ends with status 1", async () => {
      const failure = await startRuntime(runtime, badEnvironment).catch((error: unknown) => error);
      if (!(failure instanceof ServerExited)) expect.fail("the service does not start");
      expect(failure.status).toBe(1);
      expectFaultsTold(failure.output);
    });

    test("ends with one sentence when its port is in use", async () => {
      service = await startRuntime(runtime, {});
      const port = Number(new URL(service.url).port);
      const second = startRuntime(runtime, {}, { port, isReady: async () => false });
      const failure = await second.catch((error: unknown) => error);
      if (!(failure instanceof ServerExited)) expect.fail("the second service does not start");
      expect(failure.status).not.toBe(0);
      const complaint = failure.output.trim().split("\n").slice(-1);
      expect(complaint).toEqual([
        expect.stringMatching(/^Cannot listen on http:.*: the port is in use/),
      ]);
      expect(failure.output).not.toMatch(/^\s+at /m);
    });
  });
}

/** Asks as any program can, with headers that `fetch` does not let pages set. */
function askForCodes(url: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const target = `${url}/dev/outbox?username=ada@example.com`;
    get(target, { headers, agent: false }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    }).on("error", reject);
  });
}

/** An address of this machine that others would call it by. */
function ownAddress(): string | undefined {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const other = addresses.find(({ family, internal }) => family === "IPv4" && !internal);
  return other?.address;
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

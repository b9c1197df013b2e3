import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { buildWorker, judgeWorker, workerBundle } from "../../scripts/build-worker.mjs";
import { openApiDocument } from "../../src/http/openapi/document.ts";
import { operations } from "../../src/http/operations.ts";
import { describeOnRuntime, type RunningRuntime, startRuntime } from "../support/runtimes.ts";
import type { Variables } from "../support/worker-launch.ts";
import { cognitoEnvironment } from "./cognito-environment.ts";
import { expectProblem } from "./expectations.ts";
import { createProbe } from "./probe.ts";

const bundles = { "every-provider": {}, cognito: { IDENTITY_PROVIDER: "cognito" } } as const;

/** The most that anybody's variables add to a Worker of Cognito. */
const largest = { IDENTITY_PROVIDER: "cognito", SHARED_STATE: "durable-object" } as const;

const cognito = cognitoEnvironment({
  poolId: "eu-central-1_Example",
  clientId: "exampleclient1",
  clientSecret: "example-of-a-secret",
  endpoint: "http://127.0.0.1:9",
  issuer: "http://127.0.0.1:9/eu-central-1_Example",
  jwksUri: "http://127.0.0.1:9/eu-central-1_Example/.well-known/jwks.json",
});

/** The sentences about settings that choose what the build of Cognito does without. */
const leftOut: Readonly<Record<string, Variables>> = {
  "IDENTITY_PROVIDER: memory is not in this build of the Worker, which has cognito": {
    IDENTITY_PROVIDER: "memory",
  },
  "REVOCATION_LIST: kv is not in this build of the Worker, which has memory": {
    ...cognito,
    REVOCATION_LIST: "kv",
  },
  "SHARED_STATE: durable-object is not in this build of the Worker, which has memory": {
    ...cognito,
    SHARED_STATE: "durable-object",
  },
  "CAPTCHA: none is in this build of the Worker": { ...cognito, CAPTCHA: "siteverify" },
  "MAIL_POST_URL: none is in this build of the Worker": {
    ...cognito,
    MAIL_POST_URL: "https://mail.example.com/send",
    MAIL_FROM: "no-reply@example.com",
  },
  "COMPROMISED_PASSWORDS: none is in this build of the Worker": {
    ...cognito,
    COMPROMISED_PASSWORDS: "common",
  },
  "TRACING: is not in this build of the Worker": { ...cognito, TRACING: "on" },
  "EVENT_WEBHOOK_URL: is not in this build of the Worker": {
    ...cognito,
    EVENT_WEBHOOK_URL: "https://hooks.example.com/portico",
    EVENT_WEBHOOK_SECRET: `whsec_${btoa("x".repeat(32))}`,
  },
  "PAGES: they are not in this build of the Worker": {
    ...cognito,
    PAGES: "on",
    SESSION_SECRETS: "seals-the-cookies-of-the-tests-only",
  },
  "IDENTITY_PROVIDER: better-auth does not run on Workers": { IDENTITY_PROVIDER: "better-auth" },
};

describe.each(Object.entries(bundles))("the Worker's bundle of %s", (name, variables) => {
  const bundle = readFileSync(workerBundle(name));

  test("runs everywhere, and is no bigger than it may be", () => {
    expect(judgeWorker(bundle, variables).faults).toEqual([]);
  });

  test("has what the document says in the document alone", () => {
    const document = JSON.stringify(openApiDocument());
    const said = Object.values(operations).flatMap(
      ({ description }) => description.match(/[\w ,.]{30,}/g) ?? [],
    );
    const code = bundle.toString();
    const again = said.filter((words) => timesIn(code, words) !== timesIn(document, words));
    expect(said.length).toBeGreaterThan(20);
    expect(again).toEqual([]);
  });
});

test("the Worker's bundle of Cognito with shared state is no bigger than it may be", async () => {
  const bundle = await buildWorker("shared-state", largest);

  expect(judgeWorker(bundle, largest).faults).toEqual([]);
  expect(bundle.toString()).toContain("CREATE TABLE IF NOT EXISTS");
});

test("the Worker's bundle of Cognito without the document is no bigger than it may be, and says so", async () => {
  const variables = { ...largest, DOCS: "off" } as const;
  const bundle = await buildWorker("without-docs", variables);

  expect(judgeWorker(bundle, variables).faults).toEqual([]);
  expect(bundle.toString()).not.toContain("components/schemas");
});

test("the Worker's bundle has the pages where its variables say so, and only there", async () => {
  const variables = { IDENTITY_PROVIDER: "cognito", PAGES: "on" } as const;
  const bundle = await buildWorker("with-pages", variables);
  const without = readFileSync(workerBundle("cognito")).toString();

  expect(judgeWorker(bundle, variables).faults).toEqual([]);
  expect(bundle.toString()).toContain("portico-sign-in");
  expect(without).not.toContain("portico-sign-in");
  expect(without).toContain("PAGES: they are not in this build of the Worker");
});

test("the Worker's bundle has mails where its variables say so, and never SMTP", async () => {
  const variables = {
    ...cognito,
    MAIL_POST_URL: "https://mail.example.com/send",
    MAIL_FROM: "no-reply@example.com",
  };
  const bundle = await buildWorker("mail", variables);

  expect(judgeWorker(bundle, variables).faults).toEqual([]);
  expect(bundle.toString()).toContain("Enter this code to sign in to {{name}}:");
  expect(bundle.toString()).not.toContain("nodemailer");
  expect(readFileSync(workerBundle("cognito"), "utf8")).not.toContain("Enter this code");
});

test("a Worker whose variables name no Durable Object says so to whoever binds one", () => {
  const bundle = readFileSync(workerBundle("cognito")).toString();

  expect(bundle).toContain("SharedStateObject is not in this build of the Worker");
  expect(bundle).not.toContain("CREATE TABLE IF NOT EXISTS");
});

test.each([
  [{ IDENTITY_PROVIDER: "better-auth" }, /^IDENTITY_PROVIDER: must be one of (?!.*better-auth)/],
  [{ IDENTITY_PROVIDER: "cognit" }, /^IDENTITY_PROVIDER: must be one of .*cognito/],
  [{ REVOCATION_LIST: "redis" }, "REVOCATION_LIST: must be one of memory, kv, durable-object"],
])("builds no Worker that could not run: %j", async (variables, fault) => {
  await expect(buildWorker("never", variables)).rejects.toThrow(fault);
});

describeOnRuntime("worker", "a Worker built of Cognito alone", () => {
  let service: RunningRuntime | undefined;
  afterEach(async () => {
    await service?.kill();
    service = undefined;
  });
  const start = (env: Variables, isReady?: (url: string) => Promise<boolean>) =>
    startRuntime("worker", env, { bundle: "cognito", ...(isReady && { isReady }) });

  test("starts with Cognito's settings", async () => {
    service = await start(cognito);
    const { status } = await fetch(`${service.url}/health/live`);
    expect(status).toBe(200);
    expect(service.output()).not.toContain("at fault");
  });

  test.each(Object.entries(leftOut))("refuses what it was not built of: %s", async (fault, env) => {
    service = await start(env, hasAnswer);
    const { url, output } = service;
    const probe = createProbe({
      url,
      secrets: [],
      codeFor: async () => expect.fail("nothing is sent here"),
      promote: async () => expect.fail("nobody is there"),
      output,
    });
    expectProblem(await probe.send("GET", "/v1/session"), 500, "provider_misconfigured");
    expect(output()).toContain(`  ${fault}`);
  });
});

function timesIn(text: string, words: string): number {
  return text.split(words).length - 1;
}

async function hasAnswer(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

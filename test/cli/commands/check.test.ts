import { afterAll, beforeAll, expect, test, vi } from "vitest";
import {
  anyCredentials,
  makeClient,
  makePool,
  type StrictCognito,
  startStrictCognito,
  strictRegion,
} from "../../support/cognito-strict.ts";
import { runPortico } from "../../support/run-portico.ts";

// Each runs the command as a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

let cognito: StrictCognito;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  cognito = await startStrictCognito();
  const poolId = await makePool(cognito, {
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    UsernameConfiguration: { CaseSensitive: false },
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
  });
  const client = await makeClient(cognito, poolId, {
    GenerateSecret: true,
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    PreventUserExistenceErrors: "ENABLED",
    EnableTokenRevocation: true,
    RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 30 },
  });
  env = {
    IDENTITY_PROVIDER: "cognito",
    COGNITO_REGION: strictRegion,
    COGNITO_USER_POOL_ID: poolId,
    COGNITO_CLIENT_ID: client.id,
    COGNITO_CLIENT_SECRET: client.secret ?? "",
    COGNITO_ENDPOINT: cognito.endpoint,
    AWS_ACCESS_KEY_ID: anyCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: anyCredentials.secretAccessKey,
  };
});

afterAll(() => cognito.close());

test("a pool that is set up as it should be ends it with 0", async () => {
  expect(await runPortico(["check"], { env })).toEqual({
    status: 0,
    out: "The settings are well.\nThe provider is set up as it should be.\n",
    err: "",
  });
});

test("a finding ends it with 1, and comes with its mend", async () => {
  const ill = { ...env, COGNITO_AUTH_FLOW: "USER_PASSWORD_AUTH" };
  const { status, out } = await runPortico(["check"], { env: ill });
  const json = await runPortico(["check", "--json"], { env: ill });

  expect(status).toBe(1);
  expect(out).toMatch(/^WRONG {2}auth_flow: .+Add it to ExplicitAuthFlows/m);
  expect(json.status).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({
    status: "wrong",
    findings: [{ subject: "auth_flow", outcome: "wrong" }, { subject: "context_data" }],
  });
});

test("a pool that cannot be looked at ends it with 2, and is not said to be well", async () => {
  const away = { ...env, COGNITO_ENDPOINT: "http://127.0.0.1:1" };
  const { status, out } = await runPortico(["check"], { env: away });
  const json = await runPortico(["check", "--json"], { env: away });

  expect(status).toBe(2);
  expect(out).toMatch(/^NOT CHECKED {2}user_pool: The pool was not checked/m);
  expect(JSON.parse(json.out)).toMatchObject({ status: "not_checked" });
});

test("settings at fault are told as the service tells them", async () => {
  const faulty = { ...env, COGNITO_USER_POOL_ID: "none" };
  const [service, check, json] = await Promise.all([
    runPortico(["serve"], { env: faulty }),
    runPortico(["check"], { env: faulty }),
    runPortico(["check", "--json"], { env: faulty }),
  ]);

  expect(check).toEqual(service);
  expect(check.status).toBe(1);
  expect(JSON.parse(json.out)).toMatchObject({ error: "settings", message: check.err.trim() });
});

test("a provider without settings elsewhere has none that could be wrong", async () => {
  const { status, out } = await runPortico(["check"]);

  expect(status).toBe(0);
  expect(out).toContain("no settings elsewhere");
});

test("no secret is printed", async () => {
  const ill = { ...env, COGNITO_CLIENT_SECRET: "another-secret" };
  const { status, out, err } = await runPortico(["check"], { env: ill });

  expect(status).toBe(1);
  expect(out).toContain("client_secret");
  expect(out + err).not.toMatch(/another-secret|AKIAEXAMPLE/);
});

test("a name that only looks like a setting is told", async () => {
  const unread = { TRUSTED_PROXY: "1" };
  const { status, out } = await runPortico(["check"], { env: unread });
  const json = await runPortico(["check", "--json"], { env: unread });

  expect(status).toBe(0);
  expect(out).toMatch(/^WARNING {2}.*TRUSTED_PROXY/m);
  expect(JSON.parse(json.out).warnings).toEqual([expect.stringContaining("TRUSTED_PROXY")]);
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { decodeJwt } from "jose";
import { expect, onTestFinished, test } from "vitest";
import { createApp } from "../../../src/http/app.ts";
import { serve } from "../../../src/node.ts";
import { compose } from "../../../src/service/compose.ts";
import { readEnvironment } from "../../../src/service/settings.ts";
import { strictEnvironment } from "../../runtime/cognito-environment.ts";
import { makeClient, makePool, startStrictCognito } from "../../support/cognito-strict.ts";
import { codeOf } from "../../support/page-code.ts";
import { createAccounts as createAccountsOverHttp } from "./over-http.ts";

const ada = "ada@example.com";
const password = "Correct-Horse-7";

/** A pool that an application speaks to by hand, and Portico in front of the same app client. */
async function startBoth() {
  let issuerBase = "";
  const cognito = await startStrictCognito({ issuerBase: () => issuerBase });
  issuerBase = cognito.endpoint;
  const poolId = await makePool(cognito, {
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
  });
  const client = await makeClient(cognito, poolId, {
    PreventUserExistenceErrors: "ENABLED",
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  const environment = {
    ...strictEnvironment({ endpoint: issuerBase, poolId, client, issuerBase }),
    COGNITO_REFRESH_FLOW: "GET_TOKENS_FROM_REFRESH_TOKEN",
  };
  const { ports, options } = compose(readEnvironment({ ...environment, LOG_LEVEL: "silent" }));
  const portico = await serve({ fetch: createApp(ports, options).fetch, port: 0 });
  Object.assign(process.env, environment);
  onTestFinished(async () => {
    for (const name of Object.keys(environment)) delete process.env[name];
    await portico.close();
    await cognito.close();
  });
  const { createAccounts } = await import("./hand-written.ts");
  return {
    before: createAccounts(cognito.sdk),
    after: createAccountsOverHttp(`http://127.0.0.1:${portico.port}`),
    lastCode: () => cognito.server.outboxOf(poolId).messagesFor(ada).at(-1)?.code ?? "",
  };
}

test.each(["hand-written.ts", "over-http.ts"])("docs/migrating.md shows %s as it is", (name) => {
  const source = readFileSync(join(import.meta.dirname, name), "utf8");

  expect(codeOf("docs/migrating.md").map(({ text }) => text)).toContain(source);
});

test("accounts and sessions of code written by hand go on over Portico", async () => {
  const { before, after, lastCode } = await startBoth();
  await before.signUp(ada, password);
  await before.confirm(ada, lastCode());
  const old = await before.signIn(ada, password);
  const subject = decodeJwt(old.AccessToken ?? "").sub ?? "";
  expect(await before.refresh(subject, old.RefreshToken ?? "")).toHaveProperty("AccessToken");

  const refreshed = await after.refresh(old.RefreshToken ?? "");

  expect(await after.profile(refreshed.access_token)).toMatchObject({ email: ada });
  await after.signOut(old.RefreshToken ?? "");
  await expect(before.refresh(subject, old.RefreshToken ?? "")).rejects.toThrow();
});

test("an account's whole life is the same over Portico", async () => {
  const { after, lastCode } = await startBoth();
  await after.signUp(ada, password);
  await after.confirm(ada, lastCode());

  await expect(after.signIn(ada, "Wrong-Horse-7")).rejects.toMatchObject({
    code: "invalid_credentials",
  });
  const tokens = await after.signIn(ada, password);

  expect(await after.refresh(tokens.refresh_token)).toHaveProperty("access_token");
  expect(await after.profile(tokens.access_token)).toMatchObject({ email: ada });
});

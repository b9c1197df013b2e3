import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { cognitoFromEnv } from "../../../src/adapters/cognito/index.ts";
import { isAwsEndpoint } from "../../../src/adapters/cognito/issuer-discovery.ts";
import { createService } from "../../../src/service/service.ts";
import type { CognitoServerOptions } from "../../../src/testing/index.ts";
import {
  anyCredentials,
  makeClient,
  makePool,
  startStrictCognito,
} from "../../support/cognito-strict.ts";
import { adjustableClock } from "../memory/support.ts";
import { password, tokensOf, username } from "./fixtures.ts";

const settings = {
  IDENTITY_PROVIDER: "cognito",
  LOG_LEVEL: "silent",
  COGNITO_REGION: "us-east-1",
  COGNITO_USER_POOL_ID: "us-east-1_example",
  COGNITO_CLIENT_ID: "client1example",
  AWS_ACCESS_KEY_ID: anyCredentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: anyCredentials.secretAccessKey,
};

/** The settings of a pool of the strict server, with the endpoint alone to say where it is. */
async function startPool(server: CognitoServerOptions = {}) {
  const cognito = await startStrictCognito(server);
  onTestFinished(cognito.close);
  const poolId = await makePool(cognito, { UsernameAttributes: ["email"] });
  const { id, secret = "" } = await makeClient(cognito, poolId, {
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  return {
    ...settings,
    COGNITO_ENDPOINT: cognito.endpoint,
    COGNITO_USER_POOL_ID: poolId,
    COGNITO_CLIENT_ID: id,
    COGNITO_CLIENT_SECRET: secret,
  };
}

/** A server that counts requests and answers all of them alike. */
async function startCounting(status: number, body: unknown) {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, requests: () => requests };
}

function partsOf(environment: Record<string, string>, clock = { now: () => Date.now() }) {
  const read = cognitoFromEnv.read(environment);
  if (!read.ok) throw new Error(read.faults.join());
  return read.value({ clock, isRevoked: () => false, print: () => undefined });
}

async function signUpAndIn(environment: Record<string, string>): Promise<string> {
  const { identity } = partsOf(environment);
  await identity.createUser({ username, attributes: {}, invite: false });
  await identity.setPassword({ username, password, isPermanent: true });
  return tokensOf(await identity.signIn({ username, password })).accessToken;
}

/** A token that nobody signed. */
function forgedToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "RS256", kid: "a" })}.${part(claims)}.${"A".repeat(342)}`;
}

describe("a pool at an endpoint, with no issuer given", () => {
  test.each([
    ["AWS's", {}],
    ["one of its own", { issuerBase: "https://cognito.test" }],
  ])("its tokens are taken where the endpoint issues them as %s", async (_what, server) => {
    const environment = await startPool(server);

    const accessToken = await signUpAndIn(environment);
    const principal = await partsOf(environment).tokens.verify(accessToken);

    expect(principal.clientId).toBe(environment.COGNITO_CLIENT_ID);
    expect(principal.issuer).toMatch(/^https:\/\/cognito/);
  });

  test("a token of any other issuer is refused", async () => {
    const environment = await startPool({ issuerBase: "https://cognito.test" });
    const { tokens } = partsOf(environment);
    const iss = `https://cognito-idp.us-east-1.amazonaws.com/${environment.COGNITO_USER_POOL_ID}`;

    await expect(tokens.verify(forgedToken({ iss }))).rejects.toMatchObject({
      code: "invalid_token",
      rejection: "wrong_issuer",
    });
  });

  test("the service names the issuer that was found as its authorization server", async () => {
    const environment = await startPool({ issuerBase: "https://cognito.test" });
    const service = createService({ ...environment, RESOURCE_URL: "https://api.example.com" });

    const response = await service.fetch(
      new Request("https://api.example.com/.well-known/oauth-protected-resource"),
    );

    expect(await response.json()).toMatchObject({
      authorization_servers: [`https://cognito.test/${environment.COGNITO_USER_POOL_ID}`],
    });
  });
});

describe("an endpoint that does not say who issues its tokens", () => {
  test.each([
    ["no document", 404, {}],
    ["a document without an issuer", 200, { jwks_uri: "https://cognito.test/keys" }],
    ["a document that is none", 200, []],
  ])("with %s takes no token, and says that it cannot tell", async (_what, status, body) => {
    const { endpoint } = await startCounting(status, body);
    const { tokens } = partsOf({ ...settings, COGNITO_ENDPOINT: endpoint });

    await expect(tokens.verify(forgedToken({ iss: "https://x.test" }))).rejects.toMatchObject({
      code: "keys_unavailable",
    });
  });

  test("the service has no authorization server to name, and says that it cannot tell", async () => {
    const { endpoint } = await startCounting(404, {});
    const environment = { ...settings, COGNITO_ENDPOINT: endpoint };
    const service = createService({ ...environment, RESOURCE_URL: "https://api.example.com" });

    const response = await service.fetch(
      new Request("https://api.example.com/.well-known/oauth-protected-resource"),
    );

    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ code: "keys_unavailable" });
  });

  test("is asked once in ten seconds, by however many tokens", async () => {
    const clock = adjustableClock();
    const { endpoint, requests } = await startCounting(404, {});
    const { tokens } = partsOf({ ...settings, COGNITO_ENDPOINT: endpoint }, clock);
    const flood = () =>
      Promise.allSettled(
        Array.from({ length: 50 }, (_, index) =>
          tokens.verify(forgedToken({ iss: `https://${index}.test` })),
        ),
      );

    const atStart = requests();
    await flood();
    await flood();
    const inCooldown = requests();
    clock.advance(11);
    await flood();

    expect([atStart, inCooldown, requests()]).toEqual([0, 1, 2]);
  });

  test("is asked again after a clock was set back, however far", async () => {
    const clock = adjustableClock();
    const { endpoint, requests } = await startCounting(404, {});
    const { tokens } = partsOf({ ...settings, COGNITO_ENDPOINT: endpoint }, clock);
    const ask = () =>
      tokens.verify(forgedToken({ iss: "https://one.test" })).catch(() => undefined);

    await ask();
    clock.advance(-300);
    await ask();

    expect(requests()).toBe(2);
  });
});

describe("AWS's own endpoints", () => {
  test.each([
    "https://cognito-idp.eu-central-1.amazonaws.com",
    "https://cognito-idp-fips.us-east-1.amazonaws.com",
    "https://vpce-0a1b2c3d-example.cognito-idp.us-east-1.vpce.amazonaws.com",
    "https://cognito-idp.us-east-1.api.aws",
    "https://cognito-idp.cn-north-1.amazonaws.com.cn",
    "https://cognito-idp.eusc-de-east-1.amazonaws.eu",
  ])("%s is asked for no issuer: that is the region's", (endpoint) => {
    const { issuer } = partsOf({ ...settings, COGNITO_ENDPOINT: endpoint });

    expect(isAwsEndpoint(endpoint)).toBe(true);
    expect(issuer).toBe("https://cognito-idp.us-east-1.amazonaws.com/us-east-1_example");
  });

  test.each([
    "https://amazonaws.com.example",
    "https://notamazonaws.com",
    "http://localhost:9230",
    "https://cognito.amazonaws.com.evil.test/amazonaws.com",
  ])("%s is none of them", (endpoint) => {
    expect(isAwsEndpoint(endpoint)).toBe(false);
  });
});

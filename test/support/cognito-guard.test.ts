import { afterEach, describe, expect, it } from "vitest";
import { computeSecretHash } from "../../src/adapters/cognito/index.ts";
import {
  clientId,
  clientSecret,
  password,
  providerAt,
  startUpstream,
  tokensOf,
  username,
} from "../adapters/cognito/fixtures.ts";
import { type CognitoGuard, startCognitoGuard } from "./cognito-guard.ts";
import { serveOnLoopback } from "./cognito-upstream-server.ts";

const refreshByName = { refreshFlow: "REFRESH_TOKEN_AUTH" } as const;
let guard: CognitoGuard | undefined;

afterEach(async () => {
  await guard?.stop();
  guard = undefined;
});

/** A guard before an upstream that, like an emulator, looks at no secret. */
async function guardUpstream() {
  const upstream = await startUpstream(clientSecret);
  guard = await startCognitoGuard({ upstream: upstream.endpoint, clientId, clientSecret });
  return { upstream, guard };
}

describe("the guard before an emulator", () => {
  it("passes on what proves the secret, and its answer", async () => {
    const { upstream, guard } = await guardUpstream();
    const identity = providerAt(guard, refreshByName);

    const tokens = tokensOf(await identity.signIn({ username, password }));
    await identity.refresh({ refreshToken: tokens.refreshToken ?? "" });
    await identity.getProfile({ accessToken: tokens.accessToken });

    expect(guard.requests).toEqual([
      { operation: "AdminInitiateAuth", passed: true },
      { operation: "InitiateAuth", passed: true },
      { operation: "GetUser", passed: true },
    ]);
    expect(upstream.requests).toHaveLength(3);
  });

  it.each([
    ["wrong", "another1example0123456789"],
    ["missing", undefined],
  ])("keeps back what has a %s secret", async (_what, secret) => {
    const { upstream, guard } = await guardUpstream();
    const identity = providerAt(guard, { clientSecret: secret });

    await expect(identity.signIn({ username, password })).rejects.toMatchObject({
      code: "provider_misconfigured",
    });

    expect(guard.requests).toEqual([{ operation: "AdminInitiateAuth", passed: false }]);
    expect(upstream.requests).toHaveLength(0);
  });

  it("keeps back a refresh by the name that was typed", async () => {
    const { guard } = await guardUpstream();
    const tokens = tokensOf(await providerAt(guard).signIn({ username, password }));
    const [token] = (tokens.refreshToken ?? "").split("~");

    const response = await fetch(guard.endpoint, {
      method: "POST",
      headers: { "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth" },
      body: JSON.stringify({
        ClientId: clientId,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: {
          REFRESH_TOKEN: token,
          SECRET_HASH: await computeSecretHash(username, clientId, clientSecret),
        },
      }),
    });

    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: "NotAuthorizedException" });
  });

  it("asks over a connection of its own each time, and closes none for idleness", async () => {
    const connections = new Set<unknown>();
    const upstream = await serveOnLoopback(async (request, response) => {
      connections.add(request.socket);
      response.end("{}");
    });
    guard = await startCognitoGuard({ upstream: upstream.endpoint, clientId, clientSecret });

    const answers = [await fetch(guard.endpoint), await fetch(guard.endpoint)];
    await Promise.all(answers.map((answer) => answer.text()));
    await upstream.stop();

    expect(connections.size).toBe(2);
    // Node sends this header where it will close an idle connection.
    expect(answers.map(({ headers }) => headers.get("keep-alive"))).toEqual([null, null]);
  });
});

import { describe, expect, it } from "vitest";
import { computeSecretHash } from "../../../../src/adapters/cognito/index.ts";
import type { IdentityProvider } from "../../../../src/ports/index.ts";
import { generatedUsername, throws } from "../../../support/cognito-upstream-answers.ts";
import { provingOperations } from "../../../support/cognito-upstream-secrets.ts";
import {
  calls,
  challengeSession,
  clientId,
  clientSecret,
  code,
  password,
  providerAt,
  startPublicUpstream,
  startUpstream,
  tokensOf,
  username,
} from "../fixtures.ts";

const refreshByName = { refreshFlow: "REFRESH_TOKEN_AUTH" } as const;

const answerChallenge = async (identity: IdentityProvider, client?: string) =>
  identity.answerChallenge({
    session: await challengeSession({}, client),
    answer: { type: "sms_code", code },
  });

/** Every way of the adapter's in which it has to prove that it knows the secret. */
const ways = [
  { operation: "SignUp", options: {}, call: calls.signUp },
  { operation: "ConfirmSignUp", options: {}, call: calls.confirmSignUp },
  { operation: "ResendConfirmationCode", options: {}, call: calls.resendConfirmation },
  { operation: "ForgotPassword", options: {}, call: calls.startPasswordReset },
  { operation: "ConfirmForgotPassword", options: {}, call: calls.resetPassword },
  { operation: "AdminInitiateAuth", options: {}, call: calls.signIn },
  {
    operation: "AdminInitiateAuth",
    options: { authFlow: "ADMIN_NO_SRP_AUTH" } as const,
    call: calls.signIn,
  },
  {
    operation: "InitiateAuth",
    options: { authFlow: "USER_PASSWORD_AUTH" } as const,
    call: calls.signIn,
  },
  { operation: "GetTokensFromRefreshToken", options: {}, call: calls.refresh },
  { operation: "RevokeToken", options: {}, call: calls.signOut },
  {
    operation: "AdminRespondToAuthChallenge",
    options: { challengeSecret: clientSecret },
    call: answerChallenge,
  },
  {
    operation: "RespondToAuthChallenge",
    options: { challengeSecret: clientSecret, authFlow: "USER_PASSWORD_AUTH" } as const,
    call: answerChallenge,
  },
];

/** Signs in by e-mail address and trades the refresh token in. */
async function signInAndRefresh(identity: IdentityProvider, stale = identity) {
  const tokens = tokensOf(await identity.signIn({ username, password }));
  return stale.refresh({ refreshToken: tokens.refreshToken ?? "" });
}

describe("computeSecretHash", () => {
  it("is base64 of HMAC-SHA256 over user name and client id", async () => {
    const hash = await computeSecretHash("ada", "client1example", "secret1example0123456789");

    // printf 'adaclient1example' | openssl dgst -sha256 -hmac secret1example0123456789 -binary | base64
    expect(hash).toBe("OehjfB5ZX9JCNAzcWr4Ol2ZcwW8q3q6ouI5h57JPCgY=");
  });

  it("takes a user name of any script", async () => {
    await expect(computeSecretHash("ädä-愛", clientId, clientSecret)).resolves.toMatch(/^.{43}=$/);
  });
});

describe("every operation that proves the client's secret", () => {
  it("is among those tried here", () => {
    const tried = new Set(ways.map(({ operation }) => operation));

    expect(tried).toEqual(provingOperations);
  });

  it.each(ways)("$operation sends the right proof", async (way) => {
    const upstream = await startUpstream();

    await way.call(providerAt(upstream, way.options));

    const isReset = way.operation === "ConfirmForgotPassword";
    const signOut = isReset ? ["AdminUserGlobalSignOut", "AdminGetUser"] : [];
    const called = upstream.requests.map(({ operation }) => operation);
    expect(called).toEqual([way.operation, ...signOut]);
  });

  it.each(ways)("$operation fails with a wrong secret", async (way) => {
    const upstream = await startUpstream("another1example0123456789");

    await expect(way.call(providerAt(upstream, way.options))).rejects.toMatchObject({
      code: "provider_misconfigured",
    });
  });

  it.each(ways)("$operation fails without a secret", async (way) => {
    const upstream = await startUpstream();
    const identity = providerAt(upstream, { ...way.options, clientSecret: undefined });

    await expect(way.call(identity)).rejects.toMatchObject({ code: "provider_misconfigured" });
  });

  it.each(ways)("$operation fails with another client's id", async (way) => {
    const upstream = await startUpstream();
    const identity = providerAt(upstream, { ...way.options, clientId: "client2example" });

    // Its hash is over the wrong id; what sends the secret itself proves no more than the secret.
    const isRaw = ["GetTokensFromRefreshToken", "RevokeToken"].includes(way.operation);
    const outcome = await way.call(identity, "client2example").then(
      () => "none",
      (error: { code: string }) => error.code,
    );

    expect(outcome).toBe(isRaw ? "none" : "provider_misconfigured");
  });

  it.each(ways)("$operation sends no proof for a public client", async (way) => {
    const upstream = await startPublicUpstream();

    await way.call(providerAt(upstream, { ...way.options, clientSecret: undefined }));

    expect(JSON.stringify(upstream.requests)).not.toMatch(/secret_?hash|clientsecret/i);
  });

  it.each(ways)("$operation fails for a public client given a secret", async (way) => {
    const upstream = await startPublicUpstream();

    await expect(way.call(providerAt(upstream, way.options))).rejects.toMatchObject({
      code: "provider_misconfigured",
    });
  });
});

describe("REFRESH_TOKEN_AUTH", () => {
  it("hashes the name of the access token after a sign-in by e-mail address", async () => {
    const upstream = await startUpstream();

    await signInAndRefresh(providerAt(upstream, refreshByName));

    const hash = await computeSecretHash(generatedUsername, clientId, clientSecret);
    expect(upstream.requests.at(-1)).toMatchObject({
      operation: "InitiateAuth",
      input: {
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: "refresh-1", SECRET_HASH: hash },
      },
    });
  });

  it("fails for an operator's fault where the secret is stale", async () => {
    const upstream = await startUpstream();
    const identity = providerAt(upstream, refreshByName);
    const tokens = tokensOf(await identity.signIn({ username, password }));
    const refreshToken = tokens.refreshToken ?? "";
    upstream.script(
      "InitiateAuth",
      throws("NotAuthorizedException", `SecretHash does not match for the client: ${clientId}`),
    );

    await expect(identity.refresh({ refreshToken })).rejects.toMatchObject({
      code: "provider_misconfigured",
    });
  });

  it("fails for an operator's fault where the secret is missing", async () => {
    const upstream = await startUpstream();
    const tokens = tokensOf(await providerAt(upstream).signIn({ username, password }));
    const identity = providerAt(upstream, { ...refreshByName, clientSecret: undefined });

    const refreshed = identity.refresh({ refreshToken: tokens.refreshToken ?? "" });

    await expect(refreshed).rejects.toMatchObject({ code: "provider_misconfigured" });
  });

  it("fails for a user's fault where the name that came with the token is not proven", async () => {
    const upstream = await startUpstream();
    const tokens = tokensOf(await providerAt(upstream).signIn({ username, password }));
    const stale = providerAt(upstream, { ...refreshByName, clientSecret: "replaced-secret" });

    const refreshed = stale.refresh({ refreshToken: tokens.refreshToken ?? "" });

    await expect(refreshed).rejects.toMatchObject({ code: "invalid_refresh_token" });
    expect(upstream.requests).toHaveLength(2);
  });

  it("sends no hash for a public client", async () => {
    const upstream = await startPublicUpstream();

    await signInAndRefresh(providerAt(upstream, { ...refreshByName, clientSecret: undefined }));

    expect(upstream.requests.at(-1)?.input.AuthParameters).toEqual({ REFRESH_TOKEN: "refresh-1" });
  });
});

import {
  AddUserPoolClientSecretCommand,
  DeleteUserPoolClientSecretCommand,
  ListUserPoolClientSecretsCommand,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, it } from "vitest";
import {
  type CognitoIdentityProviderOptions,
  createCognitoIdentityProvider,
} from "../../../src/adapters/cognito/index.ts";
import { totpAt } from "../../../src/adapters/shared/totp.ts";
import type { IdentityProvider } from "../../../src/ports/index.ts";
import {
  anyCredentials,
  makeClient,
  makePool,
  type StrictCognito,
  startStrictCognito,
  strictRegion,
} from "../../support/cognito-strict.ts";
import { throws } from "../../support/cognito-upstream-answers.ts";
import {
  clientSecret,
  password,
  providerAt,
  startUpstream,
  tokensOf,
  username,
} from "./fixtures.ts";

const started: StrictCognito[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map(({ close }) => close()));
});

const newSecret = "newest1example0123456789";

/** A user with an authenticator app, in front of whom the secret of the app client is replaced. */
async function startRotation() {
  const cognito = await startStrictCognito();
  started.push(cognito);
  const UserPoolId = await makePool(cognito, {
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
  });
  await cognito.sdk.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId,
      MfaConfiguration: "OPTIONAL",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
  );
  const client = await makeClient(cognito, UserPoolId, {
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  const ofClient = { UserPoolId, ClientId: client.id };
  const providerWith = (
    secrets: CognitoIdentityProviderOptions["clientSecret"],
    options: Partial<CognitoIdentityProviderOptions> = {},
  ) =>
    createCognitoIdentityProvider({
      region: strictRegion,
      userPoolId: UserPoolId,
      clientId: client.id,
      clientSecret: secrets,
      credentials: anyCredentials,
      endpoint: cognito.endpoint,
      ...options,
    });
  return {
    oldSecret: client.secret ?? "",
    providerWith,
    lastCode: () => cognito.server.outboxOf(UserPoolId).messagesFor(username).at(-1)?.code ?? "",
    async add() {
      const command = { ...ofClient, ClientSecret: newSecret };
      await cognito.sdk.send(new AddUserPoolClientSecretCommand(command));
    },
    async removeOld() {
      const { ClientSecrets = [] } = await cognito.sdk.send(
        new ListUserPoolClientSecretsCommand(ofClient),
      );
      const [old] = ClientSecrets;
      await cognito.sdk.send(
        new DeleteUserPoolClientSecretCommand({
          ...ofClient,
          ClientSecretId: old?.ClientSecretId,
        }),
      );
    },
  };
}

async function signUp(identity: IdentityProvider, lastCode: () => string) {
  await identity.signUp({ username, password, attributes: { email: username } });
  await identity.confirmSignUp({ username, code: lastCode() });
  return tokensOf(await identity.signIn({ username, password }));
}

describe.each(["GET_TOKENS_FROM_REFRESH_TOKEN", "REFRESH_TOKEN_AUTH"] as const)(
  "the secret of an app client, with %s,",
  (refreshFlow) => {
    it("is replaced with nobody signed out, and no challenge broken", async () => {
      const { oldSecret, providerWith, lastCode, add, removeOld } = await startRotation();
      const before = providerWith(oldSecret, { refreshFlow });
      const tokens = await signUp(before, lastCode);
      const { secret } = await before.startTotp(tokens);
      const code = (step: number) => totpAt(secret, Date.now() + step * 30_000);
      await before.confirmTotp({ ...tokens, code: await code(-1) });
      await before.setMfa({ ...tokens, enabled: ["totp"] });
      const begun = await before.signIn({ username, password });
      const session = begun.status === "challenge" ? begun.challenge.session : "";

      // The service has the new one first, the pool after it.
      const between = providerWith([newSecret, oldSecret], { refreshFlow });
      const early = await between.refresh({ refreshToken: tokens.refreshToken ?? "" });
      await add();
      const ended = await between.answerChallenge({
        session,
        answer: { type: "totp", code: await code(0) },
      });
      await removeOld();
      const late = await between.refresh({ refreshToken: tokens.refreshToken ?? "" });
      const after = providerWith(newSecret, { refreshFlow });
      const last = await after.refresh({ refreshToken: tokens.refreshToken ?? "" });
      await after.signOut({ refreshToken: tokens.refreshToken ?? "" });

      for (const { accessToken } of [early, tokensOf(ended), late, last])
        expect(accessToken).toMatch(/^ey/);
    });
  },
);

describe("the secrets of an app client", () => {
  it("are tried in order where one is refused, and the one that is taken comes first then", async () => {
    const upstream = await startUpstream();
    const identity = providerAt(upstream, {
      clientSecret: [newSecret, "b".repeat(24), clientSecret],
    });

    await identity.signIn({ username, password });
    const first = upstream.requests.length;
    await identity.signIn({ username, password });
    await identity.startPasswordReset({ username });

    expect(first).toBe(3);
    expect(upstream.requests).toHaveLength(5);
  });

  it("are looked for anew once the one that was taken is refused", async () => {
    const upstream = await startUpstream();
    const identity = providerAt(upstream, { clientSecret: [newSecret, clientSecret] });
    await identity.signIn({ username, password });
    upstream.script(
      "AdminInitiateAuth",
      throws("NotAuthorizedException", "Unable to verify secret hash for client client1example"),
    );

    // The other one is none that this server takes: both were refused, and the first refusal is told.
    await expect(identity.signIn({ username, password })).rejects.toMatchObject({
      code: "provider_misconfigured",
    });
    expect(upstream.requests).toHaveLength(4);
  });

  it.each([
    ["a wrong password", "NotAuthorizedException", "Incorrect username or password."],
    ["a trigger that speaks of one", "UserLambdaValidationException", "The secret word is wrong."],
  ])("are not tried for %s", async (_what, name, message) => {
    const upstream = await startUpstream();
    upstream.script("AdminInitiateAuth", throws(name, message));
    const identity = providerAt(upstream, { clientSecret: [clientSecret, newSecret] });

    await expect(identity.signIn({ username, password })).rejects.toBeDefined();

    expect(upstream.requests).toHaveLength(1);
  });

  it("are not asked twice where there is one", async () => {
    const upstream = await startUpstream();
    const identity = providerAt(upstream, { clientSecret: newSecret });

    await expect(identity.signIn({ username, password })).rejects.toMatchObject({
      code: "provider_misconfigured",
    });
    expect(upstream.requests).toHaveLength(1);
  });
});

describe("a secret for challenges", () => {
  it("is replaced with no challenge broken, and opens nothing once it is gone", async () => {
    const old = "o".repeat(32);
    const { oldSecret, providerWith, lastCode } = await startRotation();
    const before = providerWith(oldSecret, { challengeSecret: old });
    const tokens = await signUp(before, lastCode);
    const { secret } = await before.startTotp(tokens);
    const code = (step: number) => totpAt(secret, Date.now() + step * 30_000);
    await before.confirmTotp({ ...tokens, code: await code(-1) });
    await before.setMfa({ ...tokens, enabled: ["totp"] });
    const begun = await before.signIn({ username, password });
    const session = begun.status === "challenge" ? begun.challenge.session : "";
    const answer = { session, answer: { type: "totp", code: await code(0) } } as const;

    const gone = providerWith(oldSecret, { challengeSecret: "n".repeat(32) });
    await expect(gone.answerChallenge(answer)).rejects.toMatchObject({ code: "challenge_expired" });
    const both = providerWith(oldSecret, { challengeSecret: ["n".repeat(32), old] });

    expect(tokensOf(await both.answerChallenge(answer)).accessToken).toMatch(/^ey/);
  });
});

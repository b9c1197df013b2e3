import {
  CreateGroupCommand,
  type CreateUserPoolCommandInput,
  type ExplicitAuthFlowsType,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, it } from "vitest";
import { cognitoFeatures } from "../../../src/adapters/cognito/features.ts";
import {
  type CognitoIdentityProviderOptions,
  createCognitoIdentityProvider,
} from "../../../src/adapters/cognito/index.ts";
import { totpAt } from "../../../src/adapters/shared/totp.ts";
import type { Challenge } from "../../../src/domain/challenge.ts";
import type { SignInResult } from "../../../src/domain/session.ts";
import type { IdentityProvider } from "../../../src/ports/index.ts";
import {
  anyCredentials,
  makeClient,
  makePool,
  type StrictCognito,
  startStrictCognito,
  strictRegion,
} from "../../support/cognito-strict.ts";
import { adjustableClock } from "../memory/support.ts";
import { newPassword, password, tokensOf } from "./fixtures.ts";

const started: StrictCognito[] = [];
const email = "ada@example.com";

afterEach(async () => {
  await Promise.all(started.splice(0).map(({ close }) => close()));
});

const flows: ExplicitAuthFlowsType[] = [
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_USER_PASSWORD_AUTH",
  "ALLOW_USER_SRP_AUTH",
  "ALLOW_USER_AUTH",
  "ALLOW_CUSTOM_AUTH",
  "ALLOW_REFRESH_TOKEN_AUTH",
];

interface Setup {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly options?: Partial<CognitoIdentityProviderOptions>;
  readonly mfa?: "ON" | "OPTIONAL";
}

/** The adapter on a strict server, before a pool of users who sign in by e-mail address. */
async function startPool({ pool, options, mfa }: Setup = {}) {
  const clock = adjustableClock();
  const cognito = await startStrictCognito({ clock });
  started.push(cognito);
  const poolId = await makePool(cognito, {
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    ...pool,
  });
  if (mfa) {
    await cognito.sdk.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: poolId,
        MfaConfiguration: mfa,
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
  }
  const client = await makeClient(cognito, poolId, {
    ExplicitAuthFlows: flows,
    PreventUserExistenceErrors: "ENABLED",
  });
  const identity = createCognitoIdentityProvider({
    region: strictRegion,
    userPoolId: poolId,
    clientId: client.id,
    clientSecret: client.secret,
    credentials: anyCredentials,
    endpoint: cognito.endpoint,
    features: cognitoFeatures,
    clock,
    ...options,
  });
  const lastCode = () =>
    cognito.server.outboxOf(poolId).messagesFor(email).at(-1)?.code ?? "no code";
  return { clock, cognito, poolId, identity, lastCode };
}

async function signUp(identity: IdentityProvider, lastCode: () => string): Promise<void> {
  await identity.signUp({ username: email, password, attributes: { email } });
  await identity.confirmSignUp({ username: email, code: lastCode() });
}

function challengeOf(result: SignInResult, type: Challenge["type"]): Challenge {
  if (result.status !== "challenge") throw new Error("It ended in tokens.");
  expect(result.challenge.type).toBe(type);
  return result.challenge;
}

describe("on the strict server", () => {
  it.each<[string, Partial<CognitoIdentityProviderOptions>]>([
    ["an administrator's", { authFlow: "ADMIN_USER_PASSWORD_AUTH" }],
    ["an administrator's older", { authFlow: "ADMIN_NO_SRP_AUTH" }],
    ["the public", { authFlow: "USER_PASSWORD_AUTH", credentials: undefined }],
    ["the SRP", { authFlow: "USER_SRP_AUTH", credentials: undefined }],
    ["the choice-based", { authFlow: "USER_AUTH", credentials: undefined }],
  ])(
    "%s flow tells only who knows the password that the account is not confirmed @see https://github.com/aws/aws-sdk-js/issues/4608",
    async (_flow, options) => {
      const { identity } = await startPool({ options });
      await identity.signUp({ username: email, password, attributes: { email } });
      const signIn = (given: string) => identity.signIn({ username: email, password: given });
      const choose = async (given: string) => {
        const { session } = challengeOf(
          await identity.signIn({ username: email }),
          "select_factor",
        );
        const answer = { type: "select_factor", factor: "password", password: given } as const;
        return identity.answerChallenge({ session, answer });
      };

      for (const attempt of [signIn, choose]) {
        const wrong = attempt(`${password}x`);
        await expect(wrong).rejects.toMatchObject({ code: "invalid_credentials" });
        await expect(attempt(password)).rejects.toMatchObject({ code: "user_not_confirmed" });
      }
    },
  );

  it("an invited user sets a password and is signed in", async () => {
    const { identity, lastCode } = await startPool();
    const invited = await identity.createUser({ username: email, attributes: { email } });
    const begun = await identity.signIn({ username: email, password: lastCode() });
    const { session } = challengeOf(begun, "new_password");

    const ended = await identity.answerChallenge({
      session,
      answer: { type: "new_password", newPassword, attributes: {} },
    });

    expect(invited.status).toBe("invited");
    expect(tokensOf(ended).accessToken).toMatch(/^ey/);
    expect(await identity.getUser({ username: email })).toMatchObject({ status: "confirmed" });
    await expect(
      identity.answerChallenge({
        session,
        answer: { type: "new_password", newPassword: `${newPassword}1`, attributes: {} },
      }),
    ).rejects.toMatchObject({ code: "challenge_expired" });
  });

  it("a user sets up an authenticator app, signs in with it, and with each code once", async () => {
    const { identity, lastCode, clock } = await startPool({ mfa: "OPTIONAL" });
    await signUp(identity, lastCode);
    const { accessToken } = tokensOf(await identity.signIn({ username: email, password }));
    const { secret } = await identity.startTotp({ accessToken });
    const code = await totpAt(secret, clock.now());
    await identity.confirmTotp({ accessToken, code, deviceName: "phone" });
    await identity.setMfa({ accessToken, enabled: ["totp"], preferred: "totp" });
    const begun = await identity.signIn({ username: email, password });
    const { session } = challengeOf(begun, "totp");
    const answer = (shown: string) =>
      identity.answerChallenge({ session, answer: { type: "totp", code: shown } });

    await expect(answer(code)).rejects.toMatchObject({ code: "code_mismatch" });
    await expect(answer("000000")).rejects.toMatchObject({ code: "code_mismatch" });
    const ended = await answer(await totpAt(secret, clock.now() + 30_000));

    expect(tokensOf(ended).accessToken).toMatch(/^ey/);
    expect(await identity.getMfa({ accessToken })).toEqual({
      enabled: ["totp"],
      preferred: "totp",
    });
  });

  it("a user who must have an authenticator app sets it up inside the sign-in", async () => {
    const { identity, lastCode, clock } = await startPool({ mfa: "ON" });
    await signUp(identity, lastCode);
    const begun = challengeOf(await identity.signIn({ username: email, password }), "mfa_setup");

    const chosen = challengeOf(
      await identity.answerChallenge({
        session: begun.session,
        answer: { type: "mfa_setup", step: { method: "totp" } },
      }),
      "mfa_setup",
    );
    const secret = chosen.type === "mfa_setup" ? (chosen.totp?.secret ?? "") : "";
    const code = await totpAt(secret, clock.now());
    const ended = await identity.answerChallenge({
      session: chosen.session,
      answer: { type: "mfa_setup", step: { code } },
    });

    expect(tokensOf(ended).accessToken).toMatch(/^ey/);
    challengeOf(await identity.signIn({ username: email, password }), "totp");
  });

  const passwordless = {
    pool: {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP"] } },
    },
  } satisfies Setup;

  it("a user signs in with a code by mail, and nobody else seems to be able to less", async () => {
    const { identity, lastCode } = await startPool(passwordless);
    await signUp(identity, lastCode);

    const begun = await identity.signIn({ username: email, factor: "email_code" });
    const { session } = challengeOf(begun, "email_code");
    const ended = await identity.answerChallenge({
      session,
      answer: { type: "email_code", code: lastCode() },
    });
    const nobody = await identity.signIn({ username: "eve@example.com", factor: "email_code" });

    expect(tokensOf(ended).accessToken).toMatch(/^ey/);
    expect(Object.keys(challengeOf(nobody, "email_code"))).toEqual(
      Object.keys(challengeOf(begun, "email_code")),
    );
    await expect(
      identity.answerChallenge({
        session: challengeOf(nobody, "email_code").session,
        answer: { type: "email_code", code: "12345678" },
      }),
    ).rejects.toMatchObject({ code: "code_mismatch" });
  });

  it("a user chooses how to sign in", async () => {
    const { identity, lastCode } = await startPool(passwordless);
    await signUp(identity, lastCode);
    const begun = challengeOf(await identity.signIn({ username: email }), "select_factor");

    const ended = await identity.answerChallenge({
      session: begun.session,
      answer: { type: "select_factor", factor: "password", password },
    });

    expect(begun).toMatchObject({ factors: expect.arrayContaining(["password", "email_code"]) });
    expect(tokensOf(ended).accessToken).toMatch(/^ey/);
  });

  it.each(["USER_SRP_AUTH", "USER_AUTH", "USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"] as const)(
    "a user signs in by %s, and not with a wrong password",
    async (authFlow) => {
      const { identity, lastCode } = await startPool({ options: { authFlow } });
      await signUp(identity, lastCode);

      const right = await identity.signIn({ username: email, password });
      const wrong = identity.signIn({ username: email, password: newPassword });

      expect(tokensOf(right).accessToken).toMatch(/^ey/);
      await expect(wrong).rejects.toMatchObject({ code: "invalid_credentials" });
    },
  );

  it("a sign-up waits for an administrator, who finds and approves it", async () => {
    const { identity } = await startPool({ pool: { AutoVerifiedAttributes: [] } });
    const signedUp = await identity.signUp({ username: email, password, attributes: { email } });
    const filter = { field: "status", operator: "equals", value: "approval_required" } as const;

    const waiting = await identity.listUsers({ limit: 10, filter });
    await identity.confirmUser({ username: email });
    const nobody = await identity.listUsers({ limit: 10, filter });

    expect(signedUp).toEqual({ status: "approval_required" });
    expect(waiting.items).toMatchObject([{ status: "approval_required", attributes: { email } }]);
    expect(nobody.items).toEqual([]);
    expect(tokensOf(await identity.signIn({ username: email, password }))).toBeDefined();
    await expect(identity.confirmUser({ username: email })).rejects.toMatchObject({
      code: "already_confirmed",
    });
  });

  it("an administrator manages a user", async () => {
    const { identity, lastCode, cognito, poolId } = await startPool();
    await signUp(identity, lastCode);
    const username = email;
    await cognito.sdk.send(new CreateGroupCommand({ UserPoolId: poolId, GroupName: "readers" }));

    await identity.addToGroup({ username, group: "readers" });
    await identity.addToGroup({ username, group: "readers" });
    const groups = await identity.listUserGroups({ username, limit: 10 });
    await identity.removeFromGroup({ username, group: "readers" });
    await identity.updateUser({ username, attributes: { nickname: "Ada" } });
    await identity.updateUser({ username, attributes: { nickname: "" } });
    await identity.disableUser({ username });
    const disabled = await identity.getUser({ username });
    await identity.enableUser({ username });
    await identity.setPassword({ username, password: newPassword, isPermanent: true });
    await identity.signOutUser({ username });
    const tokens = tokensOf(await identity.signIn({ username, password: newPassword }));
    await identity.requirePasswordReset({ username });
    const reset = await identity.getUser({ username });
    await identity.deleteUser({ username });

    expect(groups.items).toEqual(["readers"]);
    expect(disabled).toMatchObject({ enabled: false, status: "confirmed" });
    expect(disabled.attributes).not.toHaveProperty("nickname");
    expect(tokens.accessToken).toMatch(/^ey/);
    expect(reset.status).toBe("password_reset_required");
    await expect(identity.getUser({ username })).rejects.toMatchObject({ code: "user_not_found" });
    await expect(identity.addToGroup({ username, group: "none" })).rejects.toMatchObject({
      code: expect.stringMatching(/_not_found$/),
    });
  });

  it.each(['x" or username ^= "', "\\", '"', 'a@b" ', "ü\u0000"])(
    "nobody is found by the name %j",
    async (value) => {
      const { identity, lastCode } = await startPool();
      await signUp(identity, lastCode);

      const filter = { field: "name", operator: "equals", value } as const;
      const found = await identity.listUsers({ limit: 10, filter });

      expect(found.items).toEqual([]);
    },
  );

  it("a cursor of no listing is told", async () => {
    const { identity } = await startPool();

    await expect(identity.listUsers({ limit: 10, cursor: "invented" })).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["cursor"] }],
    });
  });

  it("a user changes an address, proves it, and deletes an attribute", async () => {
    const { identity, lastCode, cognito, poolId } = await startPool();
    await signUp(identity, lastCode);
    const { accessToken } = tokensOf(await identity.signIn({ username: email, password }));

    const pending = await identity.updateAttributes({
      accessToken,
      attributes: { email: "new@example.com", nickname: "Ada" },
    });
    const sent = cognito.server.outboxOf(poolId).messagesFor("new@example.com").at(-1);
    await identity.confirmAttribute({ accessToken, attribute: "email", code: sent?.code ?? "" });
    await identity.updateAttributes({ accessToken, attributes: { nickname: "" } });
    const profile = await identity.getProfile({ accessToken });

    expect(pending).toMatchObject([{ attribute: "email", delivery: { medium: "email" } }]);
    expect(profile.attributes).toMatchObject({ email: "new@example.com", email_verified: true });
    expect(profile.attributes).not.toHaveProperty("nickname");
    await expect(
      identity.updateAttributes({ accessToken, attributes: { email_verified: "true" } }),
    ).rejects.toMatchObject({ code: "attribute_not_writable" });
    await expect(
      identity.startAttributeVerification({ accessToken, attribute: "nickname" }),
    ).rejects.toMatchObject({ code: "validation_failed" });
  });

  it("a user sees their sessions and ends one", async () => {
    const { identity, lastCode } = await startPool();
    await signUp(identity, lastCode);
    const first = tokensOf(await identity.signIn({ username: email, password }));
    const second = tokensOf(await identity.signIn({ username: email, password }));
    const { accessToken } = second;

    const { items: sessions } = await identity.listSessions({ accessToken, limit: 60 });
    const other = sessions.find(({ isCurrent }) => !isCurrent);
    const own = sessions.find(({ isCurrent }) => isCurrent);
    await identity.endSession({ accessToken, sessionId: other?.id ?? "" });

    expect(sessions).toHaveLength(2);
    await expect(
      identity.refresh({ refreshToken: first.refreshToken ?? "" }),
    ).rejects.toMatchObject({ code: "invalid_refresh_token" });
    await expect(
      identity.endSession({ accessToken, sessionId: own?.id ?? "" }),
    ).rejects.toMatchObject({ code: "conflict" });
    await expect(
      identity.endSession({ accessToken, sessionId: "tkn0000000000000000000000000" }),
    ).rejects.toMatchObject({ code: "not_found" });
  });
});

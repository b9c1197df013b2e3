import {
  AssociateSoftwareTokenCommand,
  type ChallengeNameType,
  GetUserCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { totpAt } from "../../../src/adapters/shared/totp.ts";
import { makeClient } from "../../support/cognito-strict.ts";
import {
  ada,
  enrol,
  initiate,
  invite,
  password,
  refusalOf,
  setMfa,
  signUp,
  signUpProven,
  startWorld,
  tokensOf,
  type World,
} from "./support.ts";

const next = "Battery-Staple-8";

/** Answers a challenge of Ada's. */
function respond(
  world: World,
  { ChallengeName, Session }: Pick<InitiateAuthCommandOutput, "ChallengeName" | "Session">,
  responses: Readonly<Record<string, string>>,
) {
  const USERNAME = responses.USERNAME ?? ada;
  return world.sdk.send(
    new RespondToAuthChallengeCommand({
      ClientId: world.clientId,
      ChallengeName,
      Session,
      ChallengeResponses: { USERNAME, SECRET_HASH: world.hash(USERNAME), ...responses },
    }),
  );
}

async function withTotp() {
  const world = await startWorld();
  await setMfa(world, "OPTIONAL");
  await signUpProven(world);
  const secret = await enrol(world);
  const code = () => totpAt(secret, world.clock.now());
  return { world, code };
}

describe("NEW_PASSWORD_REQUIRED", () => {
  test("NEW_PASSWORD_REQUIRED takes a password of the user's own, and gives tokens", async () => {
    const world = await startWorld();
    await invite(world);

    const challenge = await initiate(world);
    const done = await respond(world, challenge, { NEW_PASSWORD: next });

    expect(challenge).toMatchObject({ ChallengeName: "NEW_PASSWORD_REQUIRED" });
    expect(challenge).not.toHaveProperty("AuthenticationResult");
    expect(JSON.parse(challenge.ChallengeParameters?.requiredAttributes ?? "")).toEqual([]);
    expect(done.AuthenticationResult).toHaveProperty("RefreshToken");
    expect(done).not.toHaveProperty("ChallengeName");
  });

  test("NEW_PASSWORD_REQUIRED asks for the attributes that are required and missing", async () => {
    const Schema = [{ Name: "name", Required: true, AttributeDataType: "String" as const }];
    const world = await startWorld({ pool: { Schema } });
    await invite(world);

    const challenge = await initiate(world);
    const without = respond(world, challenge, { NEW_PASSWORD: next });

    expect(JSON.parse(challenge.ChallengeParameters?.requiredAttributes ?? "")).toEqual([
      "userAttributes.name",
    ]);
    expect(await refusalOf(without)).toMatch(
      /^InvalidParameterException: Invalid attributes given/,
    );
    const given = { NEW_PASSWORD: next, "userAttributes.name": "Ada" };
    await expect(respond(world, challenge, given)).resolves.toHaveProperty("AuthenticationResult");
  });

  test("NEW_PASSWORD_REQUIRED refuses a weak password, and takes another with the same session", async () => {
    const world = await startWorld();
    await invite(world);
    const challenge = await initiate(world);

    expect(await refusalOf(respond(world, challenge, { NEW_PASSWORD: "weak" }))).toMatch(
      /^InvalidPasswordException: Password did not conform with policy: /,
    );
    await expect(respond(world, challenge, { NEW_PASSWORD: next })).resolves.toBeDefined();
  });

  // cognito-local takes any session, and sets the password of any user by it, confirmed ones included:
  // https://github.com/jagregory/cognito-local
  test("NEW_PASSWORD_REQUIRED sets nobody's password by a session that was made up", async () => {
    const world = await startWorld();
    await signUpProven(world);
    const challenge = {
      ChallengeName: "NEW_PASSWORD_REQUIRED" as const,
      Session: "a".repeat(64),
    };

    expect(await refusalOf(respond(world, challenge, { NEW_PASSWORD: next }))).toBe(
      "NotAuthorizedException: Invalid session for the user.",
    );
    await expect(initiate(world)).resolves.toHaveProperty("AuthenticationResult");
  });

  test("NEW_PASSWORD_REQUIRED asks for the temporary password first", async () => {
    const world = await startWorld();
    await invite(world);

    expect(await refusalOf(initiate(world, { PASSWORD: "Wrong-Horse-7" }))).toMatch(
      /^NotAuthorized/,
    );
  });
});

describe("a session", () => {
  // https://github.com/localstack/localstack/issues/12400
  test("a session is good for one answer that goes through", async () => {
    const { world, code } = await withTotp();
    const challenge = await initiate(world);
    await respond(world, challenge, { SOFTWARE_TOKEN_MFA_CODE: await code() });
    world.clock.advance(30);

    const again = respond(world, challenge, { SOFTWARE_TOKEN_MFA_CODE: await code() });

    expect(await refusalOf(again)).toBe(
      "NotAuthorizedException: Invalid session for the user, session can only be used once.",
    );
  });

  // https://github.com/localstack/localstack/issues/8411
  test("a session never comes with tokens", async () => {
    const { world, code } = await withTotp();

    const challenge = await initiate(world);
    const done = await respond(world, challenge, { SOFTWARE_TOKEN_MFA_CODE: await code() });

    expect(challenge.Session).toBeDefined();
    expect(challenge).not.toHaveProperty("AuthenticationResult");
    expect(done.AuthenticationResult).toBeDefined();
    expect(done).not.toHaveProperty("Session");
  });

  test("a session ends after its three minutes", async () => {
    const { world, code } = await withTotp();
    const challenge = await initiate(world);
    world.clock.advance(180);

    expect(
      await refusalOf(respond(world, challenge, { SOFTWARE_TOKEN_MFA_CODE: await code() })),
    ).toBe("NotAuthorizedException: Invalid session for the user, session is expired.");
  });

  test("a session is of its user, its client and its challenge", async () => {
    const { world, code } = await withTotp();
    await signUpProven(world, "grace@example.com");
    const other = await makeClient(world, world.poolId, { GenerateSecret: false });
    const challenge = await initiate(world);
    const responses = { SOFTWARE_TOKEN_MFA_CODE: await code() };
    const invalid = "NotAuthorizedException: Invalid session for the user.";

    const byGrace = { ...responses, USERNAME: "grace@example.com" };
    expect(await refusalOf(respond(world, challenge, byGrace))).toBe(invalid);
    const elsewhere = new RespondToAuthChallengeCommand({
      ClientId: other.id,
      ChallengeName: challenge.ChallengeName,
      Session: challenge.Session,
      ChallengeResponses: { ...responses, USERNAME: ada },
    });
    expect(await refusalOf(world.sdk.send(elsewhere))).toBe(invalid);
    const asOther = { ...challenge, ChallengeName: "SMS_MFA" as ChallengeNameType };
    expect(await refusalOf(respond(world, asOther, { SMS_MFA_CODE: "123456" }))).toBe(invalid);
    await expect(respond(world, challenge, responses)).resolves.toBeDefined();
  });

  test("a session goes with a secret hash as everything does", async () => {
    const { world, code } = await withTotp();
    const challenge = await initiate(world);
    const responses = { SOFTWARE_TOKEN_MFA_CODE: await code(), SECRET_HASH: "d3Jvbmc=" };

    expect(await refusalOf(respond(world, challenge, responses))).toMatch(/secret hash/);
  });
});

describe("SOFTWARE_TOKEN_MFA", () => {
  test("SOFTWARE_TOKEN_MFA refuses a wrong code, and takes the right one with the same session", async () => {
    const { world, code } = await withTotp();
    const challenge = await initiate(world);

    expect(await refusalOf(respond(world, challenge, { SOFTWARE_TOKEN_MFA_CODE: "0000001" }))).toBe(
      "CodeMismatchException: Invalid code or auth state for the user.",
    );
    const right = { SOFTWARE_TOKEN_MFA_CODE: await code() };
    await expect(respond(world, challenge, right)).resolves.toBeDefined();
  });

  test("SOFTWARE_TOKEN_MFA refuses a code that was used before", async () => {
    const { world, code } = await withTotp();
    const responses = { SOFTWARE_TOKEN_MFA_CODE: await code() };
    await respond(world, await initiate(world), responses);

    expect(await refusalOf(respond(world, await initiate(world), responses))).toBe(
      "ExpiredCodeException: Your software token has already been used once.",
    );
  });

  test("SOFTWARE_TOKEN_MFA is not asked for before it was switched on", async () => {
    const world = await startWorld();
    await setMfa(world, "OPTIONAL");
    await signUpProven(world);
    const { AccessToken } = await tokensOf(world);
    const { SecretCode = "" } = await world.sdk.send(
      new AssociateSoftwareTokenCommand({ AccessToken }),
    );
    const UserCode = await totpAt(SecretCode, world.clock.now());
    await world.sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));

    expect(await initiate(world)).toHaveProperty("AuthenticationResult");
  });

  test("SOFTWARE_TOKEN_MFA is switched on only once a code of it was seen", async () => {
    const world = await startWorld();
    await setMfa(world, "OPTIONAL");
    await signUpProven(world);
    const { AccessToken } = await tokensOf(world);
    const SoftwareTokenMfaSettings = { Enabled: true };
    const switchOn = new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings });

    expect(await refusalOf(world.sdk.send(switchOn))).toMatch(/^InvalidParameterException/);
    await world.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    const wrong = new VerifySoftwareTokenCommand({ AccessToken, UserCode: "000000" });
    expect(await refusalOf(world.sdk.send(wrong))).toBe(
      "EnableSoftwareTokenMFAException: Code mismatch",
    );
  });

  test("SOFTWARE_TOKEN_MFA shows in what GetUser tells", async () => {
    const { world, code } = await withTotp();
    const challenge = await initiate(world);
    const responses = { SOFTWARE_TOKEN_MFA_CODE: await code() };
    const { AuthenticationResult } = await respond(world, challenge, responses);

    const user = await world.sdk.send(
      new GetUserCommand({ AccessToken: AuthenticationResult?.AccessToken }),
    );

    expect(user.UserMFASettingList).toEqual(["SOFTWARE_TOKEN_MFA"]);
    expect(user.PreferredMfaSetting).toBe("SOFTWARE_TOKEN_MFA");
  });
});

describe("MFA_SETUP", () => {
  test("MFA_SETUP is asked for where a second factor is required, and ends with tokens", async () => {
    const world = await startWorld();
    await setMfa(world, "ON");
    await signUpProven(world, ada);
    const challenge = await initiate(world);

    const begun = await world.sdk.send(
      new AssociateSoftwareTokenCommand({ Session: challenge.Session }),
    );
    const UserCode = await totpAt(begun.SecretCode ?? "", world.clock.now());
    const verified = await world.sdk.send(
      new VerifySoftwareTokenCommand({ Session: begun.Session, UserCode }),
    );
    const done = await respond(world, { ...challenge, Session: verified.Session }, {});

    expect(challenge).toMatchObject({
      ChallengeName: "MFA_SETUP",
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' },
    });
    expect(verified.Status).toBe("SUCCESS");
    expect(done.AuthenticationResult).toHaveProperty("AccessToken");
  });

  test("MFA_SETUP is not done by the session that it began with", async () => {
    const world = await startWorld();
    await setMfa(world, "ON");
    await signUpProven(world);

    const challenge = await initiate(world);

    expect(await refusalOf(respond(world, challenge, {}))).toMatch(/Invalid session for the user/);
  });
});

describe("USER_AUTH", () => {
  const setup = {
    pool: {
      Policies: {
        SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD" as const, "EMAIL_OTP" as const] },
      },
    },
  };

  test("USER_AUTH gives a choice, and takes a code by mail of eight digits", async () => {
    const world = await startWorld(setup);
    await signUpProven(world);

    const choice = await initiate(world, {}, "USER_AUTH");
    const challenge = await respond(world, choice, { ANSWER: "EMAIL_OTP" });
    const code = world.lastCode();
    const done = await respond(world, challenge, { EMAIL_OTP_CODE: code });

    expect(choice.ChallengeName).toBe("SELECT_CHALLENGE");
    expect(choice.AvailableChallenges).toEqual(["PASSWORD_SRP", "PASSWORD", "EMAIL_OTP"]);
    expect(challenge.ChallengeName).toBe("EMAIL_OTP");
    expect(code).toMatch(/^\d{8}$/);
    expect(done.AuthenticationResult).toHaveProperty("AccessToken");
  });

  test("USER_AUTH signs in at once with the password that is preferred", async () => {
    const world = await startWorld(setup);
    await signUpProven(world);

    const done = await initiate(world, { PREFERRED_CHALLENGE: "PASSWORD" }, "USER_AUTH");

    expect(done).toHaveProperty("AuthenticationResult");
  });

  test("USER_AUTH plays along with an unknown user where that is hidden, and else tells", async () => {
    const hiding = await startWorld({
      ...setup,
      client: {
        PreventUserExistenceErrors: "ENABLED",
        ExplicitAuthFlows: ["ALLOW_USER_AUTH"],
      },
    });
    const telling = await startWorld(setup);
    const byMail = { PREFERRED_CHALLENGE: "EMAIL_OTP" };

    const played = await initiate(hiding, byMail, "USER_AUTH");
    const tried = respond(hiding, played, { EMAIL_OTP_CODE: "12345678" });

    expect(played.ChallengeParameters?.CODE_DELIVERY_DESTINATION).toBe("a***@e***");
    expect(await refusalOf(tried)).toMatch(/^CodeMismatchException/);
    expect(await refusalOf(initiate(telling, byMail, "USER_AUTH"))).toMatch(/^UserNotFound/);
  });

  test("USER_AUTH confirms an account whose address a code proves", async () => {
    const world = await startWorld(setup);
    await signUp(world);

    const challenge = await initiate(world, { PREFERRED_CHALLENGE: "EMAIL_OTP" }, "USER_AUTH");
    await respond(world, challenge, { EMAIL_OTP_CODE: world.lastCode() });

    await expect(initiate(world, { PASSWORD: password })).resolves.toBeDefined();
  });
});

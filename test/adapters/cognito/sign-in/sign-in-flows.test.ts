import { describe, expect, it } from "vitest";
import { type CognitoFeature, cognitoFeatures } from "../../../../src/adapters/cognito/features.ts";
import type { SignInFactor } from "../../../../src/domain/challenge.ts";
import { poolCapabilities } from "../../../contract/cognito-capabilities.ts";
import { answers, throws } from "../../../support/cognito-upstream-answers.ts";
import { password, providerAt, startUpstream, username } from "../fixtures.ts";

const challenge = answers({
  ChallengeName: "EMAIL_OTP",
  Session: "challenge-session-0123456789",
  ChallengeParameters: {},
  AvailableChallenges: ["EMAIL_OTP"],
});

describe("a sign-in without a password", () => {
  it.each<[SignInFactor | undefined, CognitoFeature, object]>([
    ["email_code", "email_code_sign_in", { flow: "USER_AUTH", preferred: "EMAIL_OTP" }],
    ["sms_code", "sms_code_sign_in", { flow: "USER_AUTH", preferred: "SMS_OTP" }],
    ["passkey", "passkeys", { flow: "USER_AUTH", preferred: "WEB_AUTHN" }],
    ["custom", "custom_challenges", { flow: "CUSTOM_AUTH" }],
    [undefined, "email_code_sign_in", { flow: "USER_AUTH" }],
    [undefined, "sms_code_sign_in", { flow: "USER_AUTH" }],
    [undefined, "passkeys", { flow: "USER_AUTH" }],
    [undefined, "custom_challenges", { flow: "CUSTOM_AUTH" }],
  ])("by the factor %s in a pool with %s is begun as %j", async (factor, feature, expected) => {
    const upstream = await startUpstream();
    upstream.script("AdminInitiateAuth", challenge);
    const identity = providerAt(upstream, { features: [feature] });

    const result = await identity.signIn({ username, ...(factor && { factor }) });

    const { AuthFlow: flow, AuthParameters: parameters } = upstream.requests[0]?.input ?? {};
    const { USERNAME, SECRET_HASH, PREFERRED_CHALLENGE, ...others } = Object(parameters);
    expect(result.status).toBe("challenge");
    expect({ flow, preferred: PREFERRED_CHALLENGE }).toEqual({ preferred: undefined, ...expected });
    expect([USERNAME, SECRET_HASH, others]).toEqual([username, expect.any(String), {}]);
  });

  it.each<[SignInFactor | undefined, CognitoFeature | undefined]>([
    ["email_code", "sms_code_sign_in"],
    ["sms_code", "email_code_sign_in"],
    ["passkey", "email_code_sign_in"],
    ["custom", "passkeys"],
    ["email_code", "custom_challenges"],
    [undefined, "totp_mfa"],
  ])(
    "by the factor %s in a pool with no more than %s is not supported",
    async (factor, feature) => {
      const upstream = await startUpstream();
      const identity = providerAt(upstream, { features: feature ? [feature] : [] });

      await expect(identity.signIn({ username, ...(factor && { factor }) })).rejects.toMatchObject({
        code: "not_supported",
      });
      expect(upstream.requests).toHaveLength(0);
    },
  );

  it("by a password is refused", async () => {
    const upstream = await startUpstream();

    const signedIn = providerAt(upstream).signIn({ username, factor: "password" });

    await expect(signedIn).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["password"], reason: "required" }],
    });
  });

  it.each([
    ["email_code", "who does not exist", throws("UserNotFoundException", "User does not exist.")],
    ["sms_code", "who does not exist", throws("UserNotFoundException", "User does not exist.")],
    ["email_code", "who is disabled", throws("NotAuthorizedException", "User is disabled.")],
    [
      "email_code",
      "who is not confirmed",
      throws("UserNotConfirmedException", "User is not confirmed."),
    ],
    [
      "sms_code",
      "who must reset the password",
      throws("PasswordResetRequiredException", "Password reset required."),
    ],
  ] as const)("by %s looks the same for a user %s", async (factor, _who, reply) => {
    const upstream = await startUpstream();
    const name = factor === "email_code" ? "EMAIL_OTP" : "SMS_OTP";
    upstream.script(
      "AdminInitiateAuth",
      reply,
      answers({ ChallengeName: name, Session: "s".repeat(1_500), ChallengeParameters: {} }),
    );
    upstream.script("AdminRespondToAuthChallenge", throws("CodeMismatchException"));
    const identity = providerAt(upstream);

    const outcomes = [];
    for (const _user of ["nobody", "ada"]) {
      const result = await identity.signIn({ username, factor });
      const session = result.status === "challenge" ? result.challenge.session : "";
      const answered: unknown = await identity
        .answerChallenge({ session, answer: { type: factor, code: "12345678" } })
        .catch((error) => ({ code: error.code }));
      outcomes.push({ result, length: session.length, answered });
    }

    const [made, real] = outcomes;
    expect(made).toEqual({
      ...real,
      result: { status: "challenge", challenge: { type: factor, session: expect.any(String) } },
    });
    expect(made?.answered).toEqual({ code: "code_mismatch" });
    expect(upstream.requests).toHaveLength(3);
  });

  it("by a code comes too late in time for whoever is not there", async () => {
    const upstream = await startUpstream();
    upstream.script("AdminInitiateAuth", throws("UserNotFoundException"));
    let now = 0;
    const identity = providerAt(upstream, { clock: { now: () => now } });
    const result = await identity.signIn({ username, factor: "email_code" });
    now += 180_001;

    const answered = identity.answerChallenge({
      session: result.status === "challenge" ? result.challenge.session : "",
      answer: { type: "email_code", code: "12345678" },
    });

    await expect(answered).rejects.toMatchObject({ code: "challenge_expired" });
  });

  it("by the public side is begun without AWS credentials", async () => {
    const upstream = await startUpstream();
    upstream.script("InitiateAuth", challenge);
    const options = { authFlow: "USER_PASSWORD_AUTH", credentials: undefined } as const;

    await providerAt(upstream, options).signIn({ username, factor: "email_code" });

    expect(upstream.requests).toMatchObject([{ operation: "InitiateAuth" }]);
    expect(upstream.requests[0]?.authorization).toBeUndefined();
  });
});

describe("USER_AUTH", () => {
  const options = { authFlow: "USER_AUTH", credentials: undefined, features: [] } as const;

  it("takes a password at once", async () => {
    const upstream = await startUpstream();

    await providerAt(upstream, options).signIn({ username, password });

    expect(upstream.requests).toMatchObject([
      {
        operation: "InitiateAuth",
        input: {
          AuthFlow: "USER_AUTH",
          AuthParameters: {
            USERNAME: username,
            PASSWORD: password,
            PREFERRED_CHALLENGE: "PASSWORD",
          },
        },
      },
    ]);
  });

  it("lets the user choose without one", async () => {
    const upstream = await startUpstream();
    upstream.script("InitiateAuth", challenge);

    await providerAt(upstream, options).signIn({ username });

    expect(upstream.requests[0]?.input.AuthParameters).not.toHaveProperty("PREFERRED_CHALLENGE");
  });
});

describe("capabilities", () => {
  it("are what the pool is said to be set up for, and administration", async () => {
    const upstream = await startUpstream();

    const { capabilities } = providerAt(upstream);

    expect([...capabilities].sort()).toEqual(
      [
        ...poolCapabilities,
        ...cognitoFeatures,
        "administration",
        "groups",
        "password_change_keeps_session",
      ].sort(),
    );
  });

  it("are second factors where nobody says, without administration for want of credentials", async () => {
    const upstream = await startUpstream();
    const options = { authFlow: "USER_PASSWORD_AUTH", credentials: undefined } as const;

    const { capabilities } = providerAt(upstream, { ...options, features: undefined });

    expect([...capabilities].sort()).toEqual(
      [...poolCapabilities, "email_mfa", "sms_mfa", "totp_mfa"].sort(),
    );
  });

  it("that are missing make their methods not supported, without a call", async () => {
    const upstream = await startUpstream();
    const options = { authFlow: "USER_PASSWORD_AUTH", credentials: undefined } as const;
    const identity = providerAt(upstream, { ...options, features: [] });
    const bearer = { accessToken: "a.b.c" };

    const outcomes = await Promise.allSettled([
      identity.getMfa(bearer),
      identity.startTotp(bearer),
      identity.listPasskeys(bearer),
      identity.startPasskeyRegistration(bearer),
      identity.listSessions({ ...bearer, limit: 20 }),
      identity.endSession({ ...bearer, sessionId: "tkn1" }),
      identity.listUsers({ limit: 10 }),
      identity.addToGroup({ username, group: "readers" }),
    ]);

    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "not_supported" } });
    }
    expect(upstream.requests).toHaveLength(0);
  });
});

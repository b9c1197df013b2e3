import { describe, expect, it } from "vitest";
import type { ChallengeAnswer } from "../../../../src/domain/challenge.ts";
import type { SignInResult } from "../../../../src/domain/session.ts";
import type { IdentityProvider } from "../../../../src/ports/index.ts";
import { answers, generatedUsername, throws } from "../../../support/cognito-upstream-answers.ts";
import {
  challengeSession,
  newPassword,
  password,
  providerAt,
  startUpstream,
  username,
} from "../fixtures.ts";

const session = "challenge-session-0123456789";
const delivered = {
  CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL",
  CODE_DELIVERY_DESTINATION: "a***@e***",
};
const credential = { id: "passkey1", response: { signature: "c2ln" } };

/** The session of a sign-in that goes on. */
function challengeOf(result: SignInResult) {
  if (result.status !== "challenge") throw new Error("It ended in tokens.");
  return result.challenge;
}

/** A sign-in by password that is answered with a challenge. */
async function challengedBy(name: string, parameters: object = {}, rest: object = {}) {
  const upstream = await startUpstream();
  upstream.script(
    "AdminInitiateAuth",
    answers({ ChallengeName: name, Session: session, ChallengeParameters: parameters, ...rest }),
  );
  const identity = providerAt(upstream);
  const challenge = challengeOf(await identity.signIn({ username, password }));
  return { upstream, identity, challenge };
}

interface Kind {
  readonly name: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly rest?: object;
  readonly asked: object;
  readonly answer: ChallengeAnswer;
  readonly responses: Readonly<Record<string, string>>;
}

/** Every challenge that is answered in one call. */
const kinds: readonly Kind[] = [
  {
    name: "SMS_MFA",
    parameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: "SMS",
      CODE_DELIVERY_DESTINATION: "+*******1234",
    },
    asked: { type: "sms_code", delivery: { medium: "sms", destination: "+*******1234" } },
    answer: { type: "sms_code", code: "123456" },
    responses: { SMS_MFA_CODE: "123456" },
  },
  {
    name: "SMS_OTP",
    asked: { type: "sms_code" },
    answer: { type: "sms_code", code: "12345678" },
    responses: { SMS_OTP_CODE: "12345678" },
  },
  {
    name: "EMAIL_OTP",
    parameters: delivered,
    asked: { type: "email_code", delivery: { medium: "email", destination: "a***@e***" } },
    answer: { type: "email_code", code: "12345678" },
    responses: { EMAIL_OTP_CODE: "12345678" },
  },
  {
    name: "SOFTWARE_TOKEN_MFA",
    parameters: { FRIENDLY_DEVICE_NAME: "phone" },
    asked: { type: "totp", deviceName: "phone" },
    answer: { type: "totp", code: "123456" },
    responses: { SOFTWARE_TOKEN_MFA_CODE: "123456" },
  },
  {
    name: "NEW_PASSWORD_REQUIRED",
    parameters: {
      requiredAttributes: '["userAttributes.email","userAttributes.custom:plan"]',
      userAttributes: '{"name":"Ada"}',
    },
    asked: { type: "new_password", requiredAttributes: ["email", "custom:plan"] },
    answer: { type: "new_password", newPassword, attributes: { email: "ada@example.com" } },
    responses: { NEW_PASSWORD: newPassword, "userAttributes.email": "ada@example.com" },
  },
  {
    name: "SELECT_MFA_TYPE",
    parameters: { MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA","EMAIL_OTP","NEXT_YEARS"]' },
    asked: { type: "select_mfa", methods: ["sms_code", "totp", "email_code"] },
    answer: { type: "select_mfa", method: "email_code" },
    responses: { ANSWER: "EMAIL_OTP" },
  },
  {
    name: "SELECT_MFA_TYPE",
    parameters: { MFAS_CAN_CHOOSE: '["SOFTWARE_TOKEN_MFA","EMAIL_MFA"]' },
    asked: { type: "select_mfa", methods: ["totp", "email_code"] },
    answer: { type: "select_mfa", method: "email_code" },
    responses: { ANSWER: "EMAIL_MFA" },
  },
  {
    name: "SELECT_CHALLENGE",
    rest: {
      AvailableChallenges: [
        "PASSWORD_SRP",
        "PASSWORD",
        "EMAIL_OTP",
        "SMS_OTP",
        "WEB_AUTHN",
        "NEXT_YEARS",
      ],
    },
    asked: { type: "select_factor", factors: ["password", "email_code", "sms_code", "passkey"] },
    answer: { type: "select_factor", factor: "password", password },
    responses: { ANSWER: "PASSWORD", PASSWORD: password },
  },
  {
    name: "SELECT_CHALLENGE",
    rest: { AvailableChallenges: ["EMAIL_OTP", "WEB_AUTHN"] },
    asked: { type: "select_factor", factors: ["email_code", "passkey"] },
    answer: { type: "select_factor", factor: "passkey" },
    responses: { ANSWER: "WEB_AUTHN" },
  },
  {
    name: "PASSWORD",
    asked: { type: "select_factor", factors: ["password"] },
    answer: { type: "select_factor", factor: "password", password },
    responses: { PASSWORD: password },
  },
  {
    name: "WEB_AUTHN",
    parameters: { CREDENTIAL_REQUEST_OPTIONS: '{"challenge":"Y2hhbGxlbmdl","rpId":"example.com"}' },
    asked: { type: "passkey", options: { challenge: "Y2hhbGxlbmdl", rpId: "example.com" } },
    answer: { type: "passkey", credential },
    responses: { CREDENTIAL: JSON.stringify(credential) },
  },
  {
    name: "CUSTOM_CHALLENGE",
    parameters: { question: "Colour?", USERNAME: generatedUsername },
    asked: { type: "custom", parameters: { question: "Colour?" } },
    answer: { type: "custom", answer: "blue" },
    responses: { ANSWER: "blue" },
  },
  {
    name: "A_CHALLENGE_OF_NEXT_YEAR",
    parameters: { hint: "7", USER_ID_FOR_SRP: generatedUsername },
    asked: { type: "custom", name: "A_CHALLENGE_OF_NEXT_YEAR", parameters: { hint: "7" } },
    answer: { type: "custom", answer: "8" },
    responses: { ANSWER: "8" },
  },
  {
    name: "constructor",
    asked: { type: "custom", name: "constructor", parameters: {} },
    answer: { type: "custom", answer: "8" },
    responses: { ANSWER: "8" },
  },
];

describe("a challenge", () => {
  it.each(kinds)("$name asks for $asked", async ({ name, parameters, rest, asked }) => {
    const { challenge } = await challengedBy(name, parameters, rest);

    expect(challenge).toEqual({ ...asked, session: expect.stringMatching(/^[\w-]+$/) });
  });

  it.each(kinds)("$name is answered with $responses", async (kind) => {
    const { upstream, identity, challenge } = await challengedBy(
      kind.name,
      kind.parameters,
      kind.rest,
    );

    const result = await identity.answerChallenge({
      session: challenge.session,
      answer: kind.answer,
    });

    expect(result).toMatchObject({ status: "signed_in", tokens: { tokenType: "Bearer" } });
    const userId = kind.parameters?.USER_ID_FOR_SRP ?? username;
    expect(upstream.requests.at(-1)).toEqual({
      operation: "AdminRespondToAuthChallenge",
      input: {
        UserPoolId: "eu-central-1_example",
        ClientId: expect.any(String),
        ChallengeName: kind.name,
        Session: session,
        ChallengeResponses: {
          USERNAME: userId,
          SECRET_HASH: expect.any(String),
          ...kind.responses,
        },
      },
      authorization: expect.stringContaining("AWS4-HMAC-SHA256"),
    });
  });

  it("goes on under the name that Cognito has for the user, and with its hash", async () => {
    const { upstream, identity, challenge } = await challengedBy("SMS_MFA", {
      USER_ID_FOR_SRP: generatedUsername,
    });
    upstream.script(
      "AdminRespondToAuthChallenge",
      answers({ ChallengeName: "SOFTWARE_TOKEN_MFA", Session: "challenge-session-2" }),
      answers({ ChallengeName: "SMS_MFA", Session: "challenge-session-3" }),
    );

    const next = await identity.answerChallenge({
      session: challenge.session,
      answer: { type: "sms_code", code: "123456" },
    });
    await identity.answerChallenge({
      session: challengeOf(next).session,
      answer: { type: "totp", code: "123456" },
    });

    expect(upstream.requests.slice(1)).toMatchObject([
      { input: { Session: session, ChallengeResponses: { USERNAME: generatedUsername } } },
      {
        input: {
          Session: "challenge-session-2",
          ChallengeResponses: { USERNAME: generatedUsername },
        },
      },
    ]);
  });

  it("is answered without AWS credentials where the sign-in was begun so", async () => {
    const upstream = await startUpstream();
    const options = { authFlow: "USER_PASSWORD_AUTH", credentials: undefined } as const;

    await providerAt(upstream, options).answerChallenge({
      session: await challengeSession(),
      answer: { type: "sms_code", code: "123456" },
    });

    expect(upstream.requests).toMatchObject([{ operation: "RespondToAuthChallenge" }]);
    expect(upstream.requests[0]?.authorization).toBeUndefined();
  });

  it("does not tell where a code went before the user has shown a factor", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "AdminInitiateAuth",
      answers({ ChallengeName: "EMAIL_OTP", Session: session, ChallengeParameters: delivered }),
    );

    const result = await providerAt(upstream).signIn({ username, factor: "email_code" });

    expect(challengeOf(result)).toEqual({ type: "email_code", session: expect.any(String) });
  });

  it.each([
    ["a factor was merely chosen", { type: "select_factor", factor: "email_code" }, false],
    ["a password was shown", { type: "select_factor", factor: "password", password }, true],
  ] as const)("after %s tells where a code went accordingly", async (_what, answer, isTold) => {
    const upstream = await startUpstream();
    upstream.script(
      "AdminRespondToAuthChallenge",
      answers({ ChallengeName: "EMAIL_OTP", Session: session, ChallengeParameters: delivered }),
    );

    const result = await providerAt(upstream).answerChallenge({
      session: await challengeSession({
        name: "SELECT_CHALLENGE",
        isProven: false,
        offered: ["PASSWORD", "EMAIL_OTP"],
      }),
      answer,
    });

    expect("delivery" in challengeOf(result)).toBe(isTold);
  });

  it.each<[string, object]>([
    ["no session", { ChallengeName: "SMS_MFA", ChallengeParameters: {} }],
    ["no list of methods", { ChallengeName: "SELECT_MFA_TYPE", Session: session }],
    [
      "a list of methods that is none",
      {
        ChallengeName: "SELECT_MFA_TYPE",
        Session: session,
        ChallengeParameters: { MFAS_CAN_CHOOSE: "{" },
      },
    ],
    ["no list of factors", { ChallengeName: "SELECT_CHALLENGE", Session: session }],
    ["no passkey options", { ChallengeName: "WEB_AUTHN", Session: session }],
    [
      "passkey options that are none",
      {
        ChallengeName: "WEB_AUTHN",
        Session: session,
        ChallengeParameters: { CREDENTIAL_REQUEST_OPTIONS: "[]" },
      },
    ],
  ])("with %s fails for the provider's fault", async (_what, answer) => {
    const upstream = await startUpstream();
    upstream.script("AdminInitiateAuth", answers(answer));

    await expect(providerAt(upstream).signIn({ username, password })).rejects.toMatchObject({
      code: "provider_unavailable",
    });
  });

  it("for a new password may ask for nothing else", async () => {
    const { challenge } = await challengedBy("NEW_PASSWORD_REQUIRED", { requiredAttributes: "?" });

    expect(challenge).toMatchObject({ type: "new_password", requiredAttributes: [] });
  });
});

/** What an answer to a challenge is refused with. */
async function refusal(
  identity: IdentityProvider,
  sessionOfChallenge: string,
  answer: ChallengeAnswer,
): Promise<unknown> {
  return identity.answerChallenge({ session: sessionOfChallenge, answer }).then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe("an answer", () => {
  it.each<[ChallengeAnswer, object, object]>([
    [
      { type: "select_mfa", method: "totp" },
      { name: "SELECT_MFA_TYPE", offered: ["SMS_MFA"] },
      { code: "mfa_not_available" },
    ],
    [
      { type: "select_factor", factor: "passkey" },
      { name: "SELECT_CHALLENGE", offered: ["PASSWORD"] },
      { code: "validation_failed", violations: [{ path: ["factor"], reason: "not_offered" }] },
    ],
    [
      { type: "select_factor", factor: "password" },
      { name: "SELECT_CHALLENGE", offered: ["PASSWORD"] },
      { code: "validation_failed", violations: [{ path: ["password"], reason: "required" }] },
    ],
    [{ type: "totp", code: "123456" }, { name: "SMS_MFA" }, { code: "challenge_expired" }],
    [
      { type: "sms_code", code: "123456" },
      { name: "CUSTOM_CHALLENGE" },
      { code: "challenge_expired" },
    ],
  ])("%j to %j goes nowhere", async (answer, pending, expected) => {
    const upstream = await startUpstream();

    const error = await refusal(providerAt(upstream), await challengeSession(pending), answer);

    expect(error).toMatchObject(expected);
    expect(upstream.requests).toHaveLength(0);
  });

  it.each([` ${newPassword}`, `${newPassword} `, `${newPassword}\n`, `\t${newPassword}`])(
    "takes %j for a first password no more than anywhere else",
    async (spaced) => {
      const { upstream, identity, challenge } = await challengedBy("NEW_PASSWORD_REQUIRED");
      const answer = { type: "new_password", newPassword: spaced, attributes: {} } as const;

      const error = await identity
        .answerChallenge({ session: challenge.session, answer })
        .catch((error: unknown) => error);

      expect(error).toMatchObject({
        code: "password_policy_violation",
        violations: [{ path: ["newPassword"], reason: "rejected" }],
      });
      expect(upstream.requests).toHaveLength(1);
    },
  );

  it("sends no blank attribute with a first password", async () => {
    const { upstream, identity, challenge } = await challengedBy("NEW_PASSWORD_REQUIRED");
    const attributes = { given_name: "", family_name: "Lovelace" };
    const answer = { type: "new_password", newPassword, attributes } as const;

    await identity.answerChallenge({ session: challenge.session, answer });

    expect(Object.keys(upstream.requests[1]?.input.ChallengeResponses ?? {})).toEqual(
      expect.not.arrayContaining(["userAttributes.given_name"]),
    );
  });

  const custom: ChallengeAnswer = { type: "custom", answer: "blue" };
  const passkey: ChallengeAnswer = { type: "passkey", credential };
  const totp: ChallengeAnswer = { type: "totp", code: "123456" };
  const factor: ChallengeAnswer = { type: "select_factor", factor: "password", password };
  const fresh: ChallengeAnswer = { type: "new_password", newPassword, attributes: {} };
  const notAuthorized = "NotAuthorizedException";
  const invalidParameter = "InvalidParameterException";

  it.each<[ChallengeAnswer, string, string, string, string]>([
    [totp, "SOFTWARE_TOKEN_MFA", "CodeMismatchException", "", "code_mismatch"],
    [totp, "SOFTWARE_TOKEN_MFA", invalidParameter, "Invalid code", "code_mismatch"],
    [
      { type: "sms_code", code: "1" },
      "SMS_MFA",
      "ExpiredCodeException",
      "Invalid code provided, please request a code again.",
      "code_expired",
    ],
    [
      { type: "email_code", code: "1" },
      "EMAIL_OTP",
      "CodeMismatchException",
      "Invalid code or auth state for the user.",
      "code_mismatch",
    ],
    [
      custom,
      "CUSTOM_CHALLENGE",
      notAuthorized,
      "Incorrect username or password.",
      "invalid_credentials",
    ],
    [custom, "CUSTOM_CHALLENGE", invalidParameter, "A sentence.", "invalid_credentials"],
    [
      { type: "custom", answer: "" },
      "CUSTOM_CHALLENGE",
      invalidParameter,
      "Missing required parameter ANSWER",
      "invalid_credentials",
    ],
    [factor, "PASSWORD", notAuthorized, "Incorrect username or password.", "invalid_credentials"],
    [factor, "PASSWORD", "InvalidPasswordException", "", "invalid_credentials"],
    [factor, "PASSWORD", invalidParameter, "A sentence.", "invalid_credentials"],
    [passkey, "WEB_AUTHN", notAuthorized, "A sentence.", "passkey_rejected"],
    [passkey, "WEB_AUTHN", invalidParameter, "A sentence.", "passkey_rejected"],
    [passkey, "WEB_AUTHN", "WebAuthnClientMismatchException", "", "passkey_rejected"],
    [
      fresh,
      "NEW_PASSWORD_REQUIRED",
      notAuthorized,
      "Cannot modify an already provided email",
      "validation_failed",
    ],
    [
      fresh,
      "NEW_PASSWORD_REQUIRED",
      notAuthorized,
      "A client attempted to write unauthorized attribute",
      "validation_failed",
    ],
    [
      fresh,
      "NEW_PASSWORD_REQUIRED",
      "PasswordHistoryPolicyViolationException",
      "",
      "password_reused",
    ],
  ])("%j to %s that meets %s (%s) is %s", async (answer, name, exception, message, expected) => {
    const upstream = await startUpstream();
    upstream.script("AdminRespondToAuthChallenge", throws(exception, message));
    const pending = await challengeSession({ name, offered: [name] });

    const error = await refusal(providerAt(upstream), pending, answer);

    expect(error).toMatchObject({ code: expected, cause: expect.any(Error) });
  });

  it("without an attribute that is required says which one", async () => {
    const upstream = await startUpstream();
    const message = "Invalid attributes given, custom:plan is missing";
    upstream.script("AdminRespondToAuthChallenge", throws(invalidParameter, message));
    const pending = await challengeSession({ name: "NEW_PASSWORD_REQUIRED" });

    expect(await refusal(providerAt(upstream), pending, fresh)).toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["attributes", "custom:plan"], reason: "required" }],
    });
  });

  it("that is a recovery code is none that Cognito has, and is not sent", async () => {
    const { upstream, identity, challenge } = await challengedBy("SOFTWARE_TOKEN_MFA");
    const answer = { type: "recovery_code", code: "4w7kp-x2m9q-hd0ja-tz6rc-8nvfe" } as const;

    const outcome = identity.answerChallenge({ session: challenge.session, answer });

    await expect(outcome).rejects.toMatchObject({ code: "not_supported" });
    expect(upstream.requests).toHaveLength(1);
  });

  it("that is wrong leaves the session as it was", async () => {
    const { upstream, identity, challenge } = await challengedBy("SOFTWARE_TOKEN_MFA");
    upstream.script(
      "AdminRespondToAuthChallenge",
      throws("CodeMismatchException"),
      answers({ AuthenticationResult: { AccessToken: "a.b.c", ExpiresIn: 60 } }),
    );

    const wrong = await refusal(identity, challenge.session, totp);
    const right = await identity.answerChallenge({ session: challenge.session, answer: totp });

    expect(wrong).toMatchObject({ code: "code_mismatch" });
    expect(right).toMatchObject({ status: "signed_in" });
  });
});

describe("setting up an authenticator app inside a sign-in", () => {
  const secret = "JBSWY3DPEHPK3PXP";
  const setUp = (step: (ChallengeAnswer & { type: "mfa_setup" })["step"]): ChallengeAnswer => ({
    type: "mfa_setup",
    step,
  });

  async function challengedToSetUp(list = '["SMS_MFA","SOFTWARE_TOKEN_MFA"]') {
    const begun = await challengedBy("MFA_SETUP", { MFAS_CAN_SETUP: list });
    begun.upstream.script(
      "AssociateSoftwareToken",
      answers({ SecretCode: secret, Session: "session-of-associate" }),
    );
    begun.upstream.script(
      "VerifySoftwareToken",
      answers({ Status: "SUCCESS", Session: "session-of-verify" }),
    );
    return begun;
  }

  it("ends the sign-in with tokens", async () => {
    const { upstream, identity, challenge } = await challengedToSetUp();

    const started = await identity.answerChallenge({
      session: challenge.session,
      answer: setUp({ method: "totp" }),
    });
    const ended = await identity.answerChallenge({
      session: challengeOf(started).session,
      answer: setUp({ code: "123456", deviceName: "phone" }),
    });

    expect(challenge).toMatchObject({ type: "mfa_setup", methods: ["totp"] });
    expect(challenge).not.toHaveProperty("totp");
    expect(challengeOf(started)).toMatchObject({ type: "mfa_setup", totp: { secret } });
    expect(ended).toMatchObject({ status: "signed_in" });
    expect(upstream.requests.slice(1)).toMatchObject([
      { operation: "AssociateSoftwareToken", input: { Session: session } },
      {
        operation: "VerifySoftwareToken",
        input: {
          Session: "session-of-associate",
          UserCode: "123456",
          FriendlyDeviceName: "phone",
        },
      },
      {
        operation: "AdminRespondToAuthChallenge",
        input: {
          ChallengeName: "MFA_SETUP",
          Session: "session-of-verify",
          ChallengeResponses: { USERNAME: username },
        },
      },
    ]);
    expect(upstream.requests[1]?.authorization).toBeUndefined();
  });

  it.each<[string, ReturnType<typeof answers>]>([
    ["tells in an answer that is no exception", answers({ Status: "ERROR", Session: "s" })],
    ["throws EnableSoftwareTokenMFAException", throws("EnableSoftwareTokenMFAException")],
    ["throws CodeMismatchException", throws("CodeMismatchException")],
    ["throws ExpiredCodeException", throws("ExpiredCodeException")],
    ["throws InvalidParameterException", throws("InvalidParameterException", "Code mismatch")],
  ])("is told of a wrong code that Cognito %s", async (_how, reply) => {
    const { upstream, identity } = await challengedToSetUp();
    upstream.script("VerifySoftwareToken", reply);
    const started = await challengeSession({ name: "MFA_SETUP", isTotpStarted: true });

    expect(await refusal(identity, started, setUp({ code: "000000" }))).toMatchObject({
      code: "code_mismatch",
    });
    expect(upstream.requests.at(-1)?.operation).toBe("VerifySoftwareToken");
  });

  it("cannot begin once the session has expired", async () => {
    const { upstream, identity, challenge } = await challengedToSetUp();
    upstream.script("AssociateSoftwareToken", throws("NotAuthorizedException", "A sentence."));

    expect(await refusal(identity, challenge.session, setUp({ method: "totp" }))).toMatchObject({
      code: "challenge_expired",
    });
  });

  it("does not begin with the code", async () => {
    const { identity, challenge } = await challengedToSetUp();

    expect(await refusal(identity, challenge.session, setUp({ code: "123456" }))).toMatchObject({
      code: "challenge_expired",
    });
  });

  it("has no other method", async () => {
    const { identity, challenge } = await challengedToSetUp();

    expect(await refusal(identity, challenge.session, setUp({ method: "sms_code" }))).toMatchObject(
      { code: "mfa_not_available" },
    );
  });

  it.each([
    ["?", ["totp"]],
    ['["EMAIL_OTP"]', ["email_code"]],
    ['["SMS_MFA","EMAIL_OTP","SOFTWARE_TOKEN_MFA"]', ["email_code", "totp"]],
  ])("where the pool lists %s offers %j", async (list, methods) => {
    const { challenge } = await challengedToSetUp(list);

    expect(challenge).toMatchObject({ methods });
  });

  it("is said to be impossible where nothing can be set up here", async () => {
    const upstream = await startUpstream();
    const ChallengeParameters = { MFAS_CAN_SETUP: '["SMS_MFA"]' };
    const rest = { ChallengeName: "MFA_SETUP", Session: session, ChallengeParameters };
    upstream.script("AdminInitiateAuth", answers(rest));

    const refused = providerAt(upstream).signIn({ username, password });

    await expect(refused).rejects.toMatchObject({ code: "mfa_not_available" });
  });

  it("names the address that codes by mail shall go to", async () => {
    const { upstream, identity, challenge } = await challengedToSetUp('["EMAIL_OTP"]');
    const ChallengeParameters = {
      CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL",
      CODE_DELIVERY_DESTINATION: "l***@e***",
    };
    const asked = { ChallengeName: "EMAIL_OTP", Session: session, ChallengeParameters };
    upstream.script("AdminRespondToAuthChallenge", answers(asked));
    const address = "lovelace@example.com";

    const next = await identity.answerChallenge({
      session: challenge.session,
      answer: setUp({ method: "email_code", address }),
    });

    expect(upstream.requests.at(-1)).toMatchObject({
      operation: "AdminRespondToAuthChallenge",
      input: { ChallengeName: "MFA_SETUP", ChallengeResponses: { EMAIL: address } },
    });
    const delivery = { medium: "email", destination: "l***@e***" };
    expect(challengeOf(next)).toMatchObject({ type: "email_code", delivery });
  });

  it.each([
    [{}, "required"],
    [{ address: "nowhere" }, "invalid_format"],
  ])("says that %j will not do for an address", async (more, reason) => {
    const { upstream, identity, challenge } = await challengedToSetUp('["EMAIL_OTP"]');
    const refused = throws("InvalidParameterException", "Invalid email address format.");
    upstream.script("AdminRespondToAuthChallenge", refused);

    const answer = setUp({ method: "email_code", ...more });

    expect(await refusal(identity, challenge.session, answer)).toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["address"], reason }],
    });
  });

  it.each([
    ['["SOFTWARE_TOKEN_MFA"]', "email_code"],
    ['["EMAIL_OTP"]', "totp"],
  ] as const)("offering %s, sets up no %s", async (list, method) => {
    const { identity, challenge } = await challengedToSetUp(list);
    const answer = setUp({ method, address: "lovelace@example.com" });

    expect(await refusal(identity, challenge.session, answer)).toMatchObject({
      code: "mfa_not_available",
    });
  });

  it.each([
    ["AssociateSoftwareToken", { SecretCode: secret }],
    ["AssociateSoftwareToken", { Session: "session-of-associate" }],
    ["VerifySoftwareToken", { Status: "SUCCESS" }],
    ["VerifySoftwareToken", { Session: "session-of-verify" }],
  ])("fails for the provider's fault where %s answers %j", async (operation, answer) => {
    const { upstream, identity } = await challengedToSetUp();
    upstream.script(operation, answers(answer));
    const step =
      operation === "AssociateSoftwareToken" ? { method: "totp" as const } : { code: "123456" };
    const started = await challengeSession({ name: "MFA_SETUP", isTotpStarted: true });

    expect(await refusal(identity, started, setUp(step))).toMatchObject({
      code: "provider_unavailable",
    });
  });
});

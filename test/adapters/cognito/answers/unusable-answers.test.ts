import { describe, expect, it } from "vitest";
import {
  accessTokenFor,
  answers,
  generatedUsername,
} from "../../../support/cognito-upstream-answers.ts";
import {
  accessToken,
  calls,
  operations,
  password,
  providerAt,
  startUpstream,
  tokensOf,
  username,
} from "../fixtures.ts";

const nowSeconds = 1_800_000_000;
const clock = { now: () => nowSeconds * 1000 + 250 };

/** What a sign-in makes of an answer. */
async function signInTo(answer: unknown) {
  const upstream = await startUpstream();
  upstream.script("AdminInitiateAuth", answers(answer));
  return providerAt(upstream, { clock }).signIn({ username, password });
}

describe("a sign-in", () => {
  it("sends what was typed, signed with AWS credentials", async () => {
    const upstream = await startUpstream();

    await providerAt(upstream).signIn({ username, password });

    expect(upstream.requests).toEqual([
      {
        operation: "AdminInitiateAuth",
        input: {
          UserPoolId: "eu-central-1_example",
          ClientId: expect.any(String),
          AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
          AuthParameters: {
            USERNAME: username,
            PASSWORD: password,
            SECRET_HASH: expect.any(String),
          },
        },
        authorization: expect.stringContaining("/eu-central-1/cognito-idp/aws4_request"),
      },
    ]);
  });

  it("takes the older name of the flow", async () => {
    const upstream = await startUpstream();

    await providerAt(upstream, { authFlow: "ADMIN_NO_SRP_AUTH" }).signIn({ username, password });

    expect(upstream.requests[0]?.input.AuthFlow).toBe("ADMIN_NO_SRP_AUTH");
  });

  it("needs no AWS credentials by the public flow", async () => {
    const upstream = await startUpstream();
    const options = { authFlow: "USER_PASSWORD_AUTH", credentials: undefined } as const;

    await providerAt(upstream, options).signIn({ username, password });

    expect(upstream.requests).toMatchObject([
      { operation: "InitiateAuth", input: { AuthFlow: "USER_PASSWORD_AUTH" } },
    ]);
    expect(upstream.requests[0]?.authorization).toBeUndefined();
    expect(upstream.requests[0]?.input).not.toHaveProperty("UserPoolId");
  });

  it("that Cognito answers with tokens gives them as the port has them", async () => {
    const upstream = await startUpstream();

    const result = await providerAt(upstream).signIn({ username, password });

    expect(result).toEqual({
      status: "signed_in",
      tokens: {
        accessToken: expect.stringMatching(/^ey/),
        idToken: "id-token",
        refreshToken: expect.stringMatching(/^refresh-1~/),
        tokenType: "Bearer",
        expiresIn: 3600,
      },
      username,
    });
  });

  it("reads the life of the access token out of it where the answer does not say", async () => {
    const AccessToken = accessTokenFor({ username: "ada", exp: nowSeconds + 300 });

    const tokens = tokensOf(await signInTo({ AuthenticationResult: { AccessToken } }));

    expect(tokens).toEqual({ accessToken: AccessToken, tokenType: "Bearer", expiresIn: 299 });
  });

  it.each([
    ["no access token", { AuthenticationResult: { IdToken: "id" } }],
    ["an empty access token", { AuthenticationResult: { AccessToken: "", ExpiresIn: 60 } }],
    ["a number for an access token", { AuthenticationResult: { AccessToken: 7, ExpiresIn: 60 } }],
    ["a text for a result", { AuthenticationResult: "tokens" }],
    ["a null for a result", { AuthenticationResult: null }],
    ["a challenge without a name", { Session: "challenge-session" }],
    [
      "tokens of another type",
      { AuthenticationResult: { AccessToken: accessToken, ExpiresIn: 60, TokenType: "DPoP" } },
    ],
    ["no life anywhere", { AuthenticationResult: { AccessToken: accessToken } }],
    [
      "no life in an access token that is none",
      { AuthenticationResult: { AccessToken: "opaque" } },
    ],
    [
      "no user name with a refresh token",
      {
        AuthenticationResult: { AccessToken: accessTokenFor({}), ExpiresIn: 60, RefreshToken: "r" },
      },
    ],
  ])("answered with %s fails for the provider's fault", async (_what, answer) => {
    await expect(signInTo(answer)).rejects.toMatchObject({
      code: "provider_unavailable",
      retryAfterSeconds: expect.any(Number),
    });
  });
});

describe("a sign-up", () => {
  const email = { CodeDeliveryDetails: { DeliveryMedium: "EMAIL", Destination: "a***@e***" } };
  const sms = { CodeDeliveryDetails: { DeliveryMedium: "SMS", Destination: "+*******1234" } };
  const pigeon = { CodeDeliveryDetails: { DeliveryMedium: "PIGEON", Destination: "loft" } };

  it("sends the attributes under their names", async () => {
    const upstream = await startUpstream();

    await calls.signUp(providerAt(upstream));

    expect(upstream.requests[0]?.input).toMatchObject({
      Username: username,
      Password: password,
      UserAttributes: [{ Name: "email", Value: username }],
    });
  });

  it.each([
    [
      "a code by mail",
      { UserConfirmed: false, ...email },
      { status: "confirmation_required", delivery: { medium: "email", destination: "a***@e***" } },
    ],
    [
      "a code by text message",
      { UserConfirmed: false, ...sms },
      { status: "confirmation_required", delivery: { medium: "sms", destination: "+*******1234" } },
    ],
    [
      "a code by a way unheard of",
      { UserConfirmed: false, ...pigeon },
      { status: "confirmation_required" },
    ],
    ["no code", { UserConfirmed: false }, { status: "approval_required" }],
    ["confirmation at once", { UserConfirmed: true }, { status: "confirmed" }],
  ])("that ends in %s says so", async (_what, answer, result) => {
    const upstream = await startUpstream();
    upstream.script("SignUp", answers({ UserSub: generatedUsername, ...answer }));

    await expect(calls.signUp(providerAt(upstream))).resolves.toEqual(result);
  });
});

describe("a code that was sent", () => {
  it.each(["resendConfirmation", "startPasswordReset"] as const)(
    "by %s tells where to",
    async (method) => {
      const upstream = await startUpstream();

      await expect(calls[method](providerAt(upstream))).resolves.toEqual({
        medium: "email",
        destination: "a***@e***",
      });
    },
  );
});

describe("a profile", () => {
  it("has booleans for what was verified, and the subject apart", async () => {
    const upstream = await startUpstream();
    upstream.script(
      "GetUser",
      answers({
        Username: "ada",
        UserAttributes: [
          { Name: "sub", Value: "subject-1" },
          { Name: "email", Value: "ada@example.com" },
          { Name: "email_verified", Value: "true" },
          { Name: "phone_number_verified", Value: "false" },
          { Name: "custom:age_verified", Value: "true" },
          { Name: "nickname", Value: "" },
        ],
      }),
    );

    await expect(calls.getProfile(providerAt(upstream))).resolves.toEqual({
      subject: "subject-1",
      username: "ada",
      attributes: {
        email: "ada@example.com",
        email_verified: true,
        phone_number_verified: false,
        "custom:age_verified": "true",
        nickname: "",
      },
    });
    expect(upstream.requests).toMatchObject([{ input: { AccessToken: accessToken } }]);
    expect(upstream.requests[0]?.authorization).toBeUndefined();
  });

  it.each([
    ["no name", { UserAttributes: [{ Name: "sub", Value: "subject-1" }] }],
    ["a number for a name", { Username: 7, UserAttributes: [{ Name: "sub", Value: "subject-1" }] }],
    ["no attributes", { Username: "ada" }],
    ["a text for attributes", { Username: "ada", UserAttributes: "sub" }],
    ["an attribute of null", { Username: "ada", UserAttributes: [null] }],
    ["an attribute without a value", { Username: "ada", UserAttributes: [{ Name: "sub" }] }],
    ["no subject", { Username: "ada", UserAttributes: [{ Name: "email", Value: "a@b" }] }],
  ])("with %s fails for the provider's fault", async (_what, answer) => {
    const upstream = await startUpstream();
    upstream.script("GetUser", answers(answer));

    await expect(calls.getProfile(providerAt(upstream))).rejects.toMatchObject({
      code: "provider_unavailable",
    });
  });
});

describe("an operation that answers nothing", () => {
  it.each([
    ["confirmSignUp", { ConfirmationCode: "424242" }],
    ["signOutEverywhere", { AccessToken: accessToken }],
    ["deleteAccount", { AccessToken: accessToken }],
  ] as const)("does what %s asks for", async (method, input) => {
    const upstream = await startUpstream();

    await expect(calls[method](providerAt(upstream))).resolves.toBeUndefined();

    expect(upstream.requests).toMatchObject([{ operation: operations[method], input }]);
  });

  it.each([
    ["resetPassword", { ConfirmationCode: "424242", Password: "Battery-staple-8" }],
    ["changePassword", { PreviousPassword: password, ProposedPassword: "Battery-staple-8" }],
  ] as const)("does what %s asks for, before sessions are ended", async (method, input) => {
    const upstream = await startUpstream();

    await calls[method](providerAt(upstream));

    expect(upstream.requests[0]).toMatchObject({ operation: operations[method], input });
  });
});

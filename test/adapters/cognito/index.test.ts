import { describe, expect, it } from "vitest";
import {
  cognitoFromEnv,
  createCognitoIdentityProvider,
} from "../../../src/adapters/cognito/index.ts";
import type { Environment, ProviderParts } from "../../../src/adapters/shared/settings.ts";
import { answers } from "../../support/cognito-upstream-answers.ts";
import { password, startPublicUpstream, startUpstream, tokensOf, username } from "./fixtures.ts";

const complete = {
  COGNITO_REGION: "eu-central-1",
  COGNITO_USER_POOL_ID: "eu-central-1_example",
  COGNITO_CLIENT_ID: "client1example",
  COGNITO_CLIENT_SECRET: "secret1example0123456789",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "aws-secret-key",
};

const shared = { clock: { now: () => Date.now() }, isRevoked: () => false, print: () => undefined };

/** The faults of an environment, and the parts of one without any. */
function read(changes: Environment = {}) {
  const result = cognitoFromEnv.read({ ...complete, ...changes });
  return result.ok
    ? { faults: [], parts: result.value(shared) }
    : { faults: result.faults, parts: undefined };
}

function requireParts(parts: ProviderParts | undefined): ProviderParts {
  if (!parts) throw new Error("The settings are refused.");
  return parts;
}

/** The names that faults are about. */
function faultyNames(changes: Environment): readonly string[] {
  return read(changes).faults.map((fault) => fault.slice(0, fault.indexOf(":")));
}

describe("settings", () => {
  it.each([
    ["custom_challenges", /PreventUserExistenceErrors/],
    ["passkeys,email_code_sign_in", undefined],
  ])("with %s say what must not be overlooked", (COGNITO_FEATURES, notice) => {
    const { parts } = read({ COGNITO_FEATURES });

    expect(parts?.notice).toEqual(notice && expect.stringMatching(notice));
  });

  it("of a public client say that challenges end with the process, unless there is a secret for them", () => {
    const noticeOf = (changes: Environment) =>
      read({ COGNITO_CLIENT_SECRET: undefined, ...changes }).parts?.notice;

    expect(noticeOf({})).toMatch(/COGNITO_CHALLENGE_SECRET/);
    expect(noticeOf({ COGNITO_CHALLENGE_SECRET: "c".repeat(32) })).toBeUndefined();
  });

  it("make a provider that calls with what they say", async () => {
    const upstream = await startUpstream();
    const { parts } = read({
      COGNITO_ENDPOINT: upstream.endpoint,
      COGNITO_AUTH_FLOW: "ADMIN_NO_SRP_AUTH",
      AWS_SESSION_TOKEN: "session-token",
    });

    await parts?.identity.signIn({ username, password });

    expect(upstream.requests).toMatchObject([
      {
        operation: "AdminInitiateAuth",
        input: {
          UserPoolId: "eu-central-1_example",
          ClientId: "client1example",
          AuthFlow: "ADMIN_NO_SRP_AUTH",
        },
        authorization: expect.stringMatching(/AKIDEXAMPLE.*x-amz-security-token/),
      },
    ]);
  });

  it("may leave out all that is not needed by the public flow", async () => {
    const upstream = await startUpstream();
    const { parts, faults } = read({
      COGNITO_ENDPOINT: upstream.endpoint,
      COGNITO_AUTH_FLOW: "USER_PASSWORD_AUTH",
      AWS_ACCESS_KEY_ID: undefined,
      AWS_SECRET_ACCESS_KEY: "",
    });

    await parts?.identity.signIn({ username, password });

    expect(faults).toEqual([]);
    expect(upstream.requests[0]?.operation).toBe("InitiateAuth");
  });

  it("may ask for the other way to refresh", async () => {
    const upstream = await startUpstream();
    const { parts } = read({
      COGNITO_ENDPOINT: upstream.endpoint,
      COGNITO_REFRESH_FLOW: "REFRESH_TOKEN_AUTH",
    });
    const { identity } = requireParts(parts);
    const tokens = tokensOf(await identity.signIn({ username, password }));

    await identity.refresh({ refreshToken: tokens.refreshToken ?? "" });

    expect(upstream.requests[1]?.operation).toBe("InitiateAuth");
  });

  it("may say what the pool is set up for", () => {
    const { parts } = read({ COGNITO_FEATURES: "passkeys, sign_up_approval" });

    expect([...requireParts(parts).identity.capabilities].sort()).toEqual([
      "administration",
      "groups",
      "passkeys",
      "password_change",
      "password_recovery",
      "profile",
      "sign_out",
      "sign_out_everywhere",
      "sign_up",
      "sign_up_approval",
    ]);
  });

  it("may have public clients of several instances go on with each other's challenges", async () => {
    const upstream = await startPublicUpstream();
    upstream.script("InitiateAuth", answers({ ChallengeName: "SMS_MFA", Session: "session-1" }));
    const one = {
      COGNITO_ENDPOINT: upstream.endpoint,
      COGNITO_AUTH_FLOW: "USER_PASSWORD_AUTH",
      COGNITO_CLIENT_SECRET: "",
      COGNITO_CHALLENGE_SECRET: "0123456789abcdef0123456789abcdef",
      COGNITO_UNCONFIRMED: "told",
    };
    const begun = await requireParts(read(one).parts).identity.signIn({ username, password });

    const ended = requireParts(read(one).parts).identity.answerChallenge({
      session: begun.status === "challenge" ? begun.challenge.session : "",
      answer: { type: "sms_code", code: "123456" },
    });

    await expect(ended).resolves.toMatchObject({ status: "signed_in" });
  });

  it.each(["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH"])(
    "need no AWS credentials for %s",
    (flow) => {
      const changes = {
        COGNITO_AUTH_FLOW: flow,
        AWS_ACCESS_KEY_ID: undefined,
        AWS_SECRET_ACCESS_KEY: undefined,
      };

      expect(faultyNames(changes)).toEqual([]);
    },
  );

  it("may set the deadline", async () => {
    const { parts } = read({ COGNITO_ENDPOINT: "http://127.0.0.1:1", COGNITO_TIMEOUT_MS: "150" });

    await expect(parts?.identity.signIn({ username, password })).rejects.toMatchObject({
      code: expect.stringMatching(/^provider_/),
    });
  });

  it("that are all missing are all named at once", () => {
    const result = cognitoFromEnv.read({});

    expect(result.ok ? [] : [...result.faults].sort()).toEqual([
      "AWS_ACCESS_KEY_ID: is required",
      "AWS_SECRET_ACCESS_KEY: is required",
      "COGNITO_CLIENT_ID: is required",
      "COGNITO_REGION: is required",
      "COGNITO_USER_POOL_ID: is required",
    ]);
  });

  it("look at no variable that they do not name", () => {
    expect(cognitoFromEnv.settingNames).toEqual(
      expect.arrayContaining(["COGNITO_JWKS_URI", "COGNITO_TIMEOUT_MS", "AWS_SESSION_TOKEN"]),
    );
  });

  it.each<[string, Environment, readonly string[]]>([
    [
      "a Region of another form",
      { COGNITO_REGION: "Frankfurt (Main)" },
      ["COGNITO_REGION", "COGNITO_USER_POOL_ID"],
    ],
    [
      "a pool of no form",
      { COGNITO_USER_POOL_ID: "pool" },
      ["COGNITO_USER_POOL_ID", "COGNITO_USER_POOL_ID"],
    ],
    [
      "a pool of another Region",
      { COGNITO_USER_POOL_ID: "us-east-1_example" },
      ["COGNITO_USER_POOL_ID"],
    ],
    ["a client id with a space", { COGNITO_CLIENT_ID: "client 1" }, ["COGNITO_CLIENT_ID"]],
    [
      "a client secret with a line break",
      { COGNITO_CLIENT_SECRET: "s3cret\n" },
      ["COGNITO_CLIENT_SECRET"],
    ],
    ["a flow that there is not", { COGNITO_AUTH_FLOW: "CUSTOM_AUTH" }, ["COGNITO_AUTH_FLOW"]],
    [
      "a refresh flow that there is not",
      { COGNITO_REFRESH_FLOW: "OTHER" },
      ["COGNITO_REFRESH_FLOW"],
    ],
    ["a feature that there is not", { COGNITO_FEATURES: "passkeys,wings" }, ["COGNITO_FEATURES"]],
    ["a feature without a name", { COGNITO_FEATURES: "passkeys," }, ["COGNITO_FEATURES"]],
    [
      "callers' addresses from a client without a secret",
      { COGNITO_PROPAGATE_CALLER_ADDRESS: "true", COGNITO_CLIENT_SECRET: "" },
      ["COGNITO_CLIENT_SECRET"],
    ],
    ["a policy that there is not", { COGNITO_UNCONFIRMED: "whispered" }, ["COGNITO_UNCONFIRMED"]],
    [
      "a challenge secret that can be guessed",
      { COGNITO_CHALLENGE_SECRET: "hunter2" },
      ["COGNITO_CHALLENGE_SECRET"],
    ],
    ["an endpoint in clear", { COGNITO_ENDPOINT: "http://cognito.example" }, ["COGNITO_ENDPOINT"]],
    ["an endpoint that is no address", { COGNITO_ENDPOINT: "cognito" }, ["COGNITO_ENDPOINT"]],
    ["an issuer in clear", { COGNITO_ISSUER: "http://issuer.example" }, ["COGNITO_ISSUER"]],
    [
      "keys in clear",
      { COGNITO_JWKS_URI: "http://issuer.example/jwks.json" },
      ["COGNITO_JWKS_URI"],
    ],
    ["a deadline in words", { COGNITO_TIMEOUT_MS: "soon" }, ["COGNITO_TIMEOUT_MS"]],
    ["a deadline too short to meet", { COGNITO_TIMEOUT_MS: "5" }, ["COGNITO_TIMEOUT_MS"]],
    [
      "half of the AWS credentials",
      { AWS_SECRET_ACCESS_KEY: undefined },
      ["AWS_SECRET_ACCESS_KEY"],
    ],
    [
      "half of the AWS credentials, where none are needed",
      { COGNITO_AUTH_FLOW: "USER_PASSWORD_AUTH", AWS_ACCESS_KEY_ID: "" },
      ["AWS_ACCESS_KEY_ID"],
    ],
    [
      "bindings that are no text",
      { COGNITO_USER_POOL_ID: {}, COGNITO_AUTH_FLOW: {} },
      ["COGNITO_USER_POOL_ID", "COGNITO_AUTH_FLOW"],
    ],
  ])("with %s are refused by name", (_what, changes, names) => {
    expect(faultyNames(changes)).toEqual(names);
  });

  it("are refused without a word of what they hold", () => {
    const value = "hunter2 hunter2";
    const changes = Object.fromEntries(cognitoFromEnv.settingNames.map((name) => [name, value]));

    const { faults } = read(changes);

    expect(faults.length).toBeGreaterThan(5);
    expect(faults.join("\n")).not.toContain("hunter2");
  });

  it("may be of another pool where the endpoint is another", () => {
    const changes = {
      COGNITO_ENDPOINT: "http://localhost:9229",
      COGNITO_USER_POOL_ID: "local_example",
    };

    expect(faultyNames(changes)).toEqual([]);
  });
});

describe("createCognitoIdentityProvider", () => {
  const options = {
    region: "eu-central-1",
    userPoolId: "eu-central-1_example",
    clientId: "client1",
  };

  it("is refused for a signed flow without credentials", () => {
    expect(() => createCognitoIdentityProvider(options)).toThrow(TypeError);
  });

  it("is refused for an endpoint in clear", () => {
    const endpoint = "http://cognito.example";

    expect(() =>
      createCognitoIdentityProvider({ ...options, authFlow: "USER_PASSWORD_AUTH", endpoint }),
    ).toThrow(TypeError);
  });
});

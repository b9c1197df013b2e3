import { AdminInitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { afterEach, describe, expect, it } from "vitest";
import {
  type CognitoIdentityProviderOptions,
  createCognitoIdentityProvider,
} from "../../../../src/adapters/cognito/index.ts";
import { wrapRefreshToken } from "../../../../src/adapters/cognito/sessions/refresh-token.ts";
import { serve } from "../../../../src/node.ts";
import type { IdentityProvider } from "../../../../src/ports/index.ts";
import {
  anyCredentials,
  makeClient,
  makePool,
  type StrictCognito,
  startStrictCognito,
  strictRegion,
} from "../../../support/cognito-strict.ts";
import { throws } from "../../../support/cognito-upstream-answers.ts";
import {
  challengeSession,
  clientSecret,
  code,
  newPassword,
  password,
  providerAt,
  startUpstream,
  username,
} from "../fixtures.ts";

const callerAddress = "203.0.113.7";
const session = await challengeSession();
const refreshToken = await wrapRefreshToken("refresh-0", "ada", clientSecret);
const attributes = { email: username };

type Call = (identity: IdentityProvider) => Promise<unknown>;
type Options = Partial<CognitoIdentityProviderOptions>;
type Way = readonly [operation: string, call: Call, options?: Options];

const signIn: Call = (identity) => identity.signIn({ username, password, callerAddress });
const answer: Call = (identity) =>
  identity.answerChallenge({ session, answer: { type: "sms_code", code }, callerAddress });

const signed: readonly Way[] = [
  ["AdminInitiateAuth", signIn],
  [
    "AdminInitiateAuth",
    (identity) => identity.signIn({ username, factor: "email_code", callerAddress }),
  ],
  ["AdminRespondToAuthChallenge", answer],
];

const unsigned: readonly Way[] = [
  ["SignUp", (identity) => identity.signUp({ username, password, attributes, callerAddress })],
  ["ConfirmSignUp", (identity) => identity.confirmSignUp({ username, code, callerAddress })],
  [
    "ResendConfirmationCode",
    (identity) => identity.resendConfirmation({ username, callerAddress }),
  ],
  ["ForgotPassword", (identity) => identity.startPasswordReset({ username, callerAddress })],
  [
    "ConfirmForgotPassword",
    (identity) => identity.resetPassword({ username, code, newPassword, callerAddress }),
  ],
  ["InitiateAuth", signIn, { authFlow: "USER_PASSWORD_AUTH" }],
  ["InitiateAuth", signIn, { authFlow: "USER_SRP_AUTH" }],
  ["RespondToAuthChallenge", answer, { authFlow: "USER_PASSWORD_AUTH" }],
  [
    "InitiateAuth",
    (identity) => identity.refresh({ refreshToken, callerAddress }),
    { authFlow: "USER_PASSWORD_AUTH", refreshFlow: "REFRESH_TOKEN_AUTH" },
  ],
];

const named = (ways: readonly Way[]) => ways.map((way) => [way[0], way] as const);

/** Gives the first input that an operation got when a call was made. */
async function sentBy([operation, call, options]: Way, more: Options = {}) {
  const upstream = await startUpstream();
  await call(providerAt(upstream, { ...options, ...more })).catch(() => undefined);
  return upstream.requests.find((request) => request.operation === operation)?.input;
}

describe("the address of the caller", () => {
  it.each(named(signed))("goes along with %s, which is signed", async (_name, way) => {
    const method = way[0] === "AdminInitiateAuth" ? "signIn" : "answerChallenge";

    expect(await sentBy(way)).toMatchObject({
      ContextData: {
        IpAddress: callerAddress,
        ServerName: "portico",
        ServerPath: `/${method}`,
        HttpHeaders: [],
      },
    });
  });

  const propagates = { propagatesCallerAddress: true };

  it.each(named(unsigned))(
    "goes along with %s from a client that Cognito takes it from, and from no other",
    async (_name, way) => {
      expect(await sentBy(way, propagates)).toMatchObject({
        UserContextData: { IpAddress: callerAddress },
      });
      const otherwise = await sentBy(way);
      expect(otherwise).toBeDefined();
      expect(otherwise).not.toHaveProperty("UserContextData");
    },
  );

  it.each([
    ["::ffff:203.0.113.7", callerAddress],
    ["fe80::1%eth0", "fe80::1"],
    ["2001:db8::7", "2001:db8::7"],
  ])("%s is told as others know it", async (address, told) => {
    const way: Way = [
      "AdminInitiateAuth",
      (identity) => identity.signIn({ username, password, callerAddress: address }),
    ];

    expect(await sentBy(way)).toMatchObject({ ContextData: { IpAddress: told } });
  });

  it("is not made up where it is not known", async () => {
    const way: Way = ["AdminInitiateAuth", (identity) => identity.signIn({ username, password })];

    expect(await sentBy(way)).not.toHaveProperty("ContextData");
  });

  it("is not that of a try which the service makes by itself", async () => {
    const upstream = await startUpstream();
    upstream.script("AdminInitiateAuth", throws("UserNotConfirmedException"));

    await signIn(providerAt(upstream)).catch(() => undefined);

    const contexts = upstream.requests.map(({ input }) => input.ContextData !== undefined);
    expect(contexts).toEqual([true, false]);
  });

  it("cannot be sent for a client without a secret, from which Cognito takes none", async () => {
    expect(() =>
      providerAt({ endpoint: "http://127.0.0.1:1" }, { ...propagates, clientSecret: undefined }),
    ).toThrow(TypeError);
  });
});

describe("on the strict server the address of the caller", () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    await Promise.all(closing.splice(0).map((close) => close()));
  });

  /** A pool with a client, and the contexts that its server got, by the operation. */
  async function startWatched() {
    const cognito: StrictCognito = await startStrictCognito();
    const seen: (readonly [operation: string | undefined, context: unknown])[] = [];
    const watched = await serve({
      port: 0,
      async fetch(request) {
        const { ContextData, UserContextData } = JSON.parse(await request.clone().text());
        const operation = request.headers.get("x-amz-target")?.split(".").at(-1);
        seen.push([operation, ContextData ?? UserContextData]);
        return cognito.server.fetch(request);
      },
    });
    closing.push(cognito.close, watched.close);
    const poolId = await makePool(cognito, { AutoVerifiedAttributes: ["email"] });
    const { id, secret } = await makeClient(cognito, poolId, {
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      EnablePropagateAdditionalUserContextData: true,
    });
    const identity = createCognitoIdentityProvider({
      region: strictRegion,
      userPoolId: poolId,
      clientId: id,
      clientSecret: secret,
      credentials: anyCredentials,
      endpoint: `http://127.0.0.1:${watched.port}`,
      propagatesCallerAddress: true,
    });
    return { cognito, poolId, clientId: id, identity, seen };
  }

  it("arrives with each step from the sign-up to the tokens", async () => {
    const { cognito, poolId, identity, seen } = await startWatched();
    const user = { username: "ada", callerAddress };
    const outbox = cognito.server.outboxOf(poolId);
    const lastCode = () => outbox.messagesFor("ada").at(-1)?.code ?? "";

    await identity.signUp({ ...user, password, attributes });
    await identity.resendConfirmation(user);
    await identity.confirmSignUp({ ...user, code: lastCode() });
    await identity.startPasswordReset(user);
    await identity.resetPassword({ ...user, code: lastCode(), newPassword });
    const result = await identity.signIn({ ...user, password: newPassword });

    expect(result.status).toBe("signed_in");
    const context = { IpAddress: callerAddress };
    expect(seen.filter(([, found]) => found !== undefined)).toEqual([
      ["SignUp", context],
      ["ResendConfirmationCode", context],
      ["ConfirmSignUp", context],
      ["ForgotPassword", context],
      ["ConfirmForgotPassword", context],
      [
        "AdminInitiateAuth",
        { ...context, ServerName: "portico", ServerPath: "/signIn", HttpHeaders: [] },
      ],
    ]);
  });

  it.each(["IpAddress", "ServerName", "ServerPath", "HttpHeaders"] as const)(
    "is refused in a signed call without %s",
    async (name) => {
      const { cognito, poolId, clientId } = await startWatched();
      const full = { IpAddress: callerAddress, ServerName: "s", ServerPath: "/", HttpHeaders: [] };
      const command = new AdminInitiateAuthCommand({
        UserPoolId: poolId,
        ClientId: clientId,
        AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "ada", PASSWORD: password },
        ContextData: { ...full, [name]: undefined },
      });

      await expect(cognito.sdk.send(command)).rejects.toMatchObject({
        name: "InvalidParameterException",
        message: expect.stringContaining("contextData"),
      });
    },
  );
});

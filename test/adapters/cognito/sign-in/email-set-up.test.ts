import {
  SetUserPoolMfaConfigCommand,
  type SetUserPoolMfaConfigCommandInput,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, onTestFinished, test } from "vitest";
import { createCognitoIdentityProvider } from "../../../../src/adapters/cognito/index.ts";
import {
  anyCredentials,
  makeClient,
  makePool,
  startStrictCognito,
  strictRegion,
} from "../../../support/cognito-strict.ts";
import { adjustableClock } from "../../memory/support.ts";
import { password, tokensOf } from "../fixtures.ts";

const username = "ada";
const address = "ada@example.com";

/** A pool where everyone must have a second factor, and a user without an address. */
async function startWithout(factor: Partial<SetUserPoolMfaConfigCommandInput>) {
  const clock = adjustableClock();
  const cognito = await startStrictCognito({ clock });
  onTestFinished(cognito.close);
  const poolId = await makePool(cognito, {});
  const mfa = { UserPoolId: poolId, MfaConfiguration: "ON", ...factor } as const;
  await cognito.sdk.send(new SetUserPoolMfaConfigCommand(mfa));
  const client = await makeClient(cognito, poolId, {
    ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  const identity = createCognitoIdentityProvider({
    region: strictRegion,
    userPoolId: poolId,
    clientId: client.id,
    clientSecret: client.secret,
    credentials: anyCredentials,
    endpoint: cognito.endpoint,
    clock,
  });
  await identity.createUser({ username, attributes: {}, invite: false });
  await identity.setPassword({ username, password, isPermanent: true });
  const code = () => cognito.server.outboxOf(poolId).messagesFor(username).at(-1)?.code ?? "";
  return { identity, code };
}

/** @see https://github.com/aws-amplify/amplify-js/issues/14013 */
test("a user without an address sets codes by mail up inside of the sign-in", async () => {
  const EmailMfaConfiguration = { Message: "{####}", Subject: "code" };
  const { identity, code } = await startWithout({ EmailMfaConfiguration });
  const begun = await identity.signIn({ username, password });
  const first = begun.status === "challenge" ? begun.challenge : undefined;

  const named = await identity.answerChallenge({
    session: first?.session ?? "",
    answer: { type: "mfa_setup", step: { method: "email_code", address } },
  });
  const second = named.status === "challenge" ? named.challenge : undefined;
  const ended = await identity.answerChallenge({
    session: second?.session ?? "",
    answer: { type: "email_code", code: code() },
  });

  expect(first).toMatchObject({ type: "mfa_setup", methods: ["email_code"] });
  expect(second).toMatchObject({ type: "email_code", delivery: { destination: "a***@e***" } });
  const { accessToken } = tokensOf(ended);
  const { attributes } = await identity.getProfile({ accessToken });
  expect(attributes).toMatchObject({ email: address, email_verified: true });
  expect(await identity.getMfa({ accessToken })).toMatchObject({ enabled: ["email_code"] });
});

test("a user without a number is told that text messages cannot be set up", async () => {
  const SmsMfaConfiguration = { SmsAuthenticationMessage: "{####}" };
  const { identity } = await startWithout({ SmsMfaConfiguration });

  const refused = identity.signIn({ username, password });

  await expect(refused).rejects.toMatchObject({ code: "mfa_not_available" });
  const wrong = identity.signIn({ username, password: `${password}x` });
  await expect(wrong).rejects.toMatchObject({ code: "invalid_credentials" });
});

import {
  ConfirmSignUpCommand,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import { ada, named, refusalOf, signUp, startWorld, type World } from "./support.ts";

const grace = "grace@example.com";

function confirm(world: World, Session: string | undefined, username = ada) {
  const ConfirmationCode = world.lastCode(username);
  return world.sdk.send(
    new ConfirmSignUpCommand({ ...named(world, username), ConfirmationCode, Session }),
  );
}

function signIn(world: World, Session: string | undefined, username = ada) {
  return world.sdk.send(
    new InitiateAuthCommand({
      ClientId: world.clientId,
      AuthFlow: "USER_AUTH",
      AuthParameters: { USERNAME: username, SECRET_HASH: world.hash(username) },
      Session,
    }),
  );
}

test("a sign-up goes on to a sign-in that asks for nothing more, once", async () => {
  const world = await startWorld();
  const signedUp = await signUp(world);

  const confirmed = await confirm(world, signedUp.Session);
  const { AuthenticationResult } = await signIn(world, confirmed.Session);

  expect(AuthenticationResult).toHaveProperty("RefreshToken");
  expect(await refusalOf(signIn(world, confirmed.Session))).toBe(
    "NotAuthorizedException: Invalid session for the user.",
  );
});

// As aws-amplify 6 confirms: https://docs.amplify.aws/react/build-a-backend/auth/connect-your-frontend/sign-up/
test("a confirmation without the session of the sign-up goes on to a sign-in as well", async () => {
  const world = await startWorld();
  await signUp(world);

  const confirmed = await confirm(world, undefined);

  expect((await signIn(world, confirmed.Session)).AuthenticationResult).toHaveProperty("IdToken");
});

test("a sign-up that was not confirmed signs nobody in, nor does somebody else's", async () => {
  const world = await startWorld();
  const [own, others] = [await signUp(world), await signUp(world, grace)];

  expect(await refusalOf(signIn(world, own.Session))).toMatch(/^NotAuthorizedException/);
  expect(await confirm(world, others.Session)).not.toHaveProperty("Session");
  const { Session } = await confirm(world, others.Session, grace);
  expect(await refusalOf(signIn(world, Session))).toMatch(/^NotAuthorizedException/);
});

test("a sign-up goes no further after the client's three minutes, or on a client without the flow", async () => {
  const world = await startWorld();
  const other = await startWorld({ client: { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] } });
  const { Session } = await signUp(world);
  world.clock.advance(180);

  expect(await confirm(world, Session)).not.toHaveProperty("Session");
  expect(await signUp(other)).not.toHaveProperty("Session");
});

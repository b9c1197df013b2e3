import {
  AdminDeleteSoftwareTokenCommand,
  AdminGetUserAuthFactorsCommand,
  AdminListUserAuthEventsCommand,
  AdminUpdateAuthEventFeedbackCommand,
  GetUserAuthFactorsCommand,
  UpdateAuthEventFeedbackCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import {
  ada,
  enrol,
  initiate,
  refusalOf,
  setMfa,
  signUp,
  signUpProven,
  startWorld,
  tokensOf,
  type World,
} from "./support.ts";

const user = ({ poolId }: World) => ({ UserPoolId: poolId, Username: ada });

test("a user has the factors that the pool allows and that are proven", async () => {
  const world = await startWorld({
    pool: {
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP"] } },
    },
  });
  await signUpProven(world);
  const { AccessToken } = await tokensOf(world);

  const own = await world.sdk.send(new GetUserAuthFactorsCommand({ AccessToken }));
  const found = await world.sdk.send(new AdminGetUserAuthFactorsCommand(user(world)));

  expect(own.ConfiguredUserAuthFactors).toEqual(["PASSWORD", "EMAIL_OTP"]);
  expect(found.ConfiguredUserAuthFactors).toEqual(own.ConfiguredUserAuthFactors);
  expect(own).not.toHaveProperty("PreferredMfaSetting");
});

test("an administrator takes an authenticator app away", async () => {
  const world = await startWorld();
  await setMfa(world, "OPTIONAL");
  await signUpProven(world);
  await enrol(world);
  const before = await world.sdk.send(new AdminGetUserAuthFactorsCommand(user(world)));

  await world.sdk.send(new AdminDeleteSoftwareTokenCommand(user(world)));

  const after = await world.sdk.send(new AdminGetUserAuthFactorsCommand(user(world)));
  expect(before).toMatchObject({ PreferredMfaSetting: "SOFTWARE_TOKEN_MFA" });
  expect(after).not.toHaveProperty("PreferredMfaSetting");
  expect(await initiate(world)).toHaveProperty("AuthenticationResult");
});

test("nobody has an app taken away who has not confirmed a sign-up", async () => {
  const world = await startWorld();
  await signUp(world);
  const remove = new AdminDeleteSoftwareTokenCommand(user(world));

  expect(await refusalOf(world.sdk.send(remove))).toMatch(/^UserNotConfirmedException/);
});

test("sign-in events are answered as by a pool without threat protection", async () => {
  const world = await startWorld();
  await signUpProven(world);
  const event = { ...user(world), EventId: "event", FeedbackValue: "Valid" as const };

  for (const call of [
    () => world.sdk.send(new AdminListUserAuthEventsCommand(user(world))),
    () => world.sdk.send(new AdminUpdateAuthEventFeedbackCommand(event)),
    () => world.sdk.send(new UpdateAuthEventFeedbackCommand({ ...event, FeedbackToken: "token" })),
  ])
    expect(await refusalOf(call())).toMatch(/^UserPoolAddOnNotEnabledException/);
});

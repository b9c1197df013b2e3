import {
  AdminGetUserCommand,
  AdminSetUserSettingsCommand,
  AdminUpdateUserAttributesCommand,
  GetUserCommand,
  type MFAOptionType,
  SetUserPoolMfaConfigCommand,
  SetUserSettingsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect, test } from "vitest";
import {
  ada,
  initiate,
  refusalOf,
  signUpProven,
  startWorld,
  tokensOf,
  type World,
} from "./support.ts";

const sms: MFAOptionType = { DeliveryMedium: "SMS", AttributeName: "phone_number" };
const user = ({ poolId }: World) => ({ UserPoolId: poolId, Username: ada });

/** A world with codes by text message for a second factor, and Ada in it. */
async function startWithSms({ hasPhone = true } = {}): Promise<World> {
  const world = await startWorld();
  await world.sdk.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: world.poolId,
      MfaConfiguration: "OPTIONAL",
      SmsMfaConfiguration: {},
    }),
  );
  await signUpProven(world);
  const UserAttributes = [
    { Name: "phone_number", Value: "+14155550123" },
    { Name: "phone_number_verified", Value: "true" },
  ];
  if (hasPhone)
    await world.sdk.send(new AdminUpdateUserAttributesCommand({ ...user(world), UserAttributes }));
  return world;
}

test("SetUserSettings switches codes by text message on, and off again", async () => {
  const world = await startWithSms();
  const { AccessToken } = await tokensOf(world);

  await world.sdk.send(new SetUserSettingsCommand({ AccessToken, MFAOptions: [sms] }));
  const on = await world.sdk.send(new GetUserCommand({ AccessToken }));
  const asked = await initiate(world);
  await world.sdk.send(new SetUserSettingsCommand({ AccessToken, MFAOptions: [] }));
  const off = await world.sdk.send(new GetUserCommand({ AccessToken }));

  expect(on.MFAOptions).toEqual([sms]);
  expect(asked.ChallengeName).toBe("SMS_MFA");
  expect(off).not.toHaveProperty("MFAOptions");
  expect(await initiate(world)).toHaveProperty("AuthenticationResult");
});

test("AdminSetUserSettings does so for a user whom an administrator names", async () => {
  const world = await startWithSms();

  await world.sdk.send(new AdminSetUserSettingsCommand({ ...user(world), MFAOptions: [sms] }));

  const { MFAOptions } = await world.sdk.send(new AdminGetUserCommand(user(world)));
  expect(MFAOptions).toEqual([sms]);
  expect((await initiate(world)).ChallengeName).toBe("SMS_MFA");
});

test.each([
  ["a telephone number that the user does not have", sms],
  ["an address", { DeliveryMedium: "EMAIL", AttributeName: "email" } as const],
])("SetUserSettings refuses to send codes to %s", async (_what, option) => {
  const world = await startWithSms({ hasPhone: false });
  const { AccessToken } = await tokensOf(world);

  const call = world.sdk.send(new SetUserSettingsCommand({ AccessToken, MFAOptions: [option] }));

  expect(await refusalOf(call)).toMatch(/^InvalidParameterException/);
});

import {
  AdminSetUserMFAPreferenceCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  GetUserCommand,
  type RecoveryOptionType,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import {
  ada,
  named,
  refusalOf,
  signUpProven,
  startWorld,
  tokensOf,
  type World,
} from "./support.ts";

async function startRecovery(RecoveryMechanisms: RecoveryOptionType[]): Promise<World> {
  const world = await startWorld({
    pool: {
      ...(RecoveryMechanisms.length > 0 && { AccountRecoverySetting: { RecoveryMechanisms } }),
    },
  });
  await signUpProven(world);
  const UserAttributes = [
    { Name: "phone_number", Value: "+14155550123" },
    { Name: "phone_number_verified", Value: "true" },
  ];
  const user = { UserPoolId: world.poolId, Username: ada };
  await world.sdk.send(new AdminUpdateUserAttributesCommand({ ...user, UserAttributes }));
  return world;
}

async function forgot(world: World) {
  const { CodeDeliveryDetails } = await world.sdk.send(new ForgotPasswordCommand(named(world)));
  return CodeDeliveryDetails?.DeliveryMedium;
}

const byMail = { Name: "verified_email", Priority: 1 } as const;
const byPhone = { Name: "verified_phone_number", Priority: 2 } as const;

describe("a forgotten password", () => {
  test.each([
    ["to the telephone, where nothing is said", [], "SMS"],
    ["to the address that comes first", [byPhone, byMail], "EMAIL"],
    ["to the only kind that there is", [byPhone], "SMS"],
  ])("a forgotten password is reset by a code %s", async (_case, mechanisms, expected) => {
    expect(await forgot(await startRecovery(mechanisms))).toBe(expected);
  });

  test("a forgotten password is an administrator's to reset, where the pool says so", async () => {
    const world = await startRecovery([{ Name: "admin_only", Priority: 1 }]);

    expect(await refusalOf(forgot(world))).toBe(
      "NotAuthorizedException: Contact administrator to reset password.",
    );
  });

  test("a forgotten password is reset by no address that codes of the second factor go to", async () => {
    const world = await startRecovery([byMail, byPhone]);
    const user = { UserPoolId: world.poolId, Username: ada };
    await world.sdk.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: world.poolId,
        MfaConfiguration: "OPTIONAL",
        EmailMfaConfiguration: { Message: "{####}", Subject: "code" },
        SmsMfaConfiguration: { SmsAuthenticationMessage: "{####}" },
      }),
    );
    const prefer = (method: "EmailMfaSettings" | "SMSMfaSettings") =>
      world.sdk.send(
        new AdminSetUserMFAPreferenceCommand({ ...user, [method]: { Enabled: true } }),
      );

    await prefer("EmailMfaSettings");
    expect(await forgot(world)).toBe("SMS");
    await prefer("SMSMfaSettings");
    expect(await refusalOf(forgot(world))).toMatch(/^InvalidParameterException: Cannot reset/);
  });
});

test("a new password ends no session, as at AWS", async () => {
  const world = await startWorld();
  await signUpProven(world);
  const { AccessToken } = await tokensOf(world);
  await forgot(world);

  const reset = { ...named(world), ConfirmationCode: world.lastCode(), Password: "Other-Horse-8" };
  await world.sdk.send(new ConfirmForgotPasswordCommand(reset));

  await world.sdk.send(new GetUserCommand({ AccessToken }));
});

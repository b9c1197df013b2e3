import {
  type CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommand,
  type UserPoolMfaType,
} from "@aws-sdk/client-cognito-identity-provider";
import { makeClient, makePool, type StrictCognito } from "../support/cognito-strict.ts";

/** How a pool and its client are set up, besides what every test wants. */
export interface PoolSetup {
  /** Whether unknown users get the answers of known ones. */
  readonly hidesUsers?: boolean;
  readonly rotationGraceSeconds?: number;
  readonly mfa?: UserPoolMfaType;
  readonly pool?: Partial<CreateUserPoolCommandInput>;
}

/** Makes a pool that can do all that a pool can, and a client with a secret that may use all of it. */
export async function makeFullPool(cognito: StrictCognito, setup: PoolSetup) {
  const { rotationGraceSeconds, hidesUsers = false, mfa = "OPTIONAL" } = setup;
  const poolId = await makePool(cognito, {
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email", "phone_number"],
    UsernameConfiguration: { CaseSensitive: false },
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
    Policies: {
      SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] },
    },
    ...setup.pool,
  });
  await cognito.sdk.send(
    new SetUserPoolMfaConfigCommand({
      UserPoolId: poolId,
      MfaConfiguration: mfa,
      SoftwareTokenMfaConfiguration: { Enabled: true },
      // With codes to an address that is proven, nobody would have to set up anything.
      ...(mfa === "OPTIONAL" && {
        EmailMfaConfiguration: { Message: "{####}", Subject: "code" },
        SmsMfaConfiguration: { SmsAuthenticationMessage: "{####}" },
      }),
    }),
  );
  const client = await makeClient(cognito, poolId, {
    PreventUserExistenceErrors: hidesUsers ? "ENABLED" : "LEGACY",
    ExplicitAuthFlows: [
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_USER_SRP_AUTH",
      "ALLOW_USER_AUTH",
      "ALLOW_CUSTOM_AUTH",
      ...(rotationGraceSeconds === undefined ? (["ALLOW_REFRESH_TOKEN_AUTH"] as const) : []),
    ],
    ...(rotationGraceSeconds !== undefined && {
      RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: rotationGraceSeconds },
    }),
  });
  return { poolId, client };
}

import { CognitoException, invalidParameter } from "../wire/cognito-exception.ts";
import type { PoolConfiguration } from "./pool-configuration.ts";

/**
 * Requires that what a pool is told does not contradict itself.
 *
 * @throws {CognitoException} `InvalidParameter` — it does, in Cognito's words
 * @throws {CognitoException} `FeatureUnavailableInTier` — it asks for more than its tier has
 */
export function checkPoolSettings(configuration: PoolConfiguration): void {
  const { UsernameAttributes = [], AliasAttributes = [], Policies } = configuration;
  if (UsernameAttributes.length > 0 && AliasAttributes.length > 0)
    throw invalidParameter("Only one of the aliasAttributes or usernameAttributes can be set.");
  const { AllowedFirstAuthFactors: factors = [] } = Policies?.SignInPolicy ?? {};
  if (factors.length > 0 && !factors.includes("PASSWORD"))
    throw invalidParameter(
      "Password should be configured as one of the allowed first auth factors.",
    );
  checkVerification(configuration);
  checkInvitations(configuration);
  checkEmail(configuration);
  checkAddOns(configuration);
}

/**
 * Requires that a new pool is told who sends text messages, if any of its second factors are to be such: which others there
 * are is for `SetUserPoolMfaConfig` to say.
 *
 * @throws {CognitoException} `InvalidParameter` — it is not, in Cognito's words
 */
export function checkNewPool({ MfaConfiguration, SmsConfiguration }: PoolConfiguration): void {
  if ((MfaConfiguration ?? "OFF") !== "OFF" && !SmsConfiguration)
    throw invalidParameter(
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    );
}

function checkVerification(configuration: PoolConfiguration): void {
  const { AutoVerifiedAttributes = [], UserAttributeUpdateSettings } = configuration;
  if (AutoVerifiedAttributes.includes("phone_number") && !configuration.SmsConfiguration)
    throw invalidParameter(
      "SMS configuration is required when phone_number is selected for auto verification",
    );
  const { AttributesRequireVerificationBeforeUpdate: first = [] } =
    UserAttributeUpdateSettings ?? {};
  if (!first.every((name) => AutoVerifiedAttributes.includes(name)))
    throw invalidParameter(
      "AttributesRequireVerificationBeforeUpdate must be among the AutoVerifiedAttributes.",
    );
}

function checkInvitations({ AdminCreateUserConfig, Policies }: PoolConfiguration): void {
  const isSaidTwice =
    AdminCreateUserConfig?.UnusedAccountValidityDays !== undefined &&
    Policies?.PasswordPolicy?.TemporaryPasswordValidityDays !== undefined;
  if (isSaidTwice)
    throw invalidParameter(
      "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    );
}

function checkEmail({ EmailConfiguration }: PoolConfiguration): void {
  const { EmailSendingAccount, SourceArn } = EmailConfiguration ?? {};
  if (EmailSendingAccount === "DEVELOPER" && SourceArn === undefined)
    throw invalidParameter("Source ARN is required to use DEVELOPER email sending owner");
}

function checkAddOns({
  UserPoolAddOns,
  UserPoolTier: tier = "ESSENTIALS",
}: PoolConfiguration): void {
  const { AdvancedSecurityMode: mode = "OFF" } = UserPoolAddOns ?? {};
  if (mode !== "OFF" && tier !== "PLUS")
    throw new CognitoException(
      "FeatureUnavailableInTier",
      `The following features need to be disabled for the ${tier} pricing tier configured: Threat Protection`,
    );
}

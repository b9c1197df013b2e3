import type { UserPool } from "../directory/directory.ts";
import type { PoolConfiguration } from "../pool/pool-configuration.ts";
import { seconds } from "../wire/times.ts";

/** Describes a pool: what it was told, what holds where nothing was said, and every attribute that it has. */
export function describePool(pool: UserPool) {
  const { id, configuration, mfa, createdAt, updatedAt, engine } = pool;
  const { PoolName, Policies, Schema = [], AdminCreateUserConfig, ...rest } = configuration;
  return {
    ...defaults,
    ...rest,
    ...messagesOf(configuration),
    ...domainsOf(pool),
    EmailConfiguration: { ...defaults.EmailConfiguration, ...configuration.EmailConfiguration },
    AdminCreateUserConfig: {
      AllowAdminCreateUserOnly: false,
      UnusedAccountValidityDays: daysOf(engine.settings.temporaryPasswordSeconds),
      ...AdminCreateUserConfig,
    },
    Id: id,
    Name: PoolName,
    Arn: arnOfPool(id),
    CreationDate: seconds(createdAt),
    LastModifiedDate: seconds(updatedAt),
    MfaConfiguration: mfa.configuration,
    SchemaAttributes: Schema,
    EstimatedNumberOfUsers: engine.users.size,
    Policies: {
      SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
      ...Policies,
      PasswordPolicy: describePasswordPolicy(engine.settings),
    },
  };
}

/** Describes the second factors of a pool. */
export function describeMfa({ configuration: pool, mfa }: UserPool): object {
  const { configuration, methods, email, webAuthn } = mfa;
  const { SmsAuthenticationMessage, SmsConfiguration } = pool;
  return {
    MfaConfiguration: configuration,
    ...(methods.includes("sms_code") && {
      SmsMfaConfiguration: {
        ...(SmsAuthenticationMessage && { SmsAuthenticationMessage }),
        ...(SmsConfiguration && { SmsConfiguration }),
      },
    }),
    ...(methods.includes("email_code") && { EmailMfaConfiguration: email ?? {} }),
    SoftwareTokenMfaConfiguration: { Enabled: methods.includes("totp") },
    ...(webAuthn && { WebAuthnConfiguration: webAuthn }),
  };
}

/** Gives the name by which AWS knows a pool. */
export function arnOfPool(id: string): string {
  return `arn:aws:cognito-idp:${id.split("_")[0]}:000000000000:userpool/${id}`;
}

/** The defaults of a pool. */
const defaults = {
  DeletionProtection: "INACTIVE",
  UserPoolTier: "ESSENTIALS",
  LambdaConfig: {},
  UserPoolTags: {},
  EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
} satisfies Partial<PoolConfiguration>;

/** A pool has a domain of Cognito's, one of its own, both or neither. */
function domainsOf({ resources }: UserPool): object {
  const domains = [...resources.domains.values()].map(({ configuration }) => configuration);
  const own = domains.find(({ CustomDomainConfig }) => CustomDomainConfig);
  const prefix = domains.find(({ CustomDomainConfig }) => !CustomDomainConfig);
  return { ...(prefix && { Domain: prefix.Domain }), ...(own && { CustomDomain: own.Domain }) };
}

/** A message can be said in two places, and is told in both. */
function messagesOf(configuration: PoolConfiguration): Partial<PoolConfiguration> {
  const { VerificationMessageTemplate: template } = configuration;
  const sms = template?.SmsMessage ?? configuration.SmsVerificationMessage;
  const mail = template?.EmailMessage ?? configuration.EmailVerificationMessage;
  const subject = template?.EmailSubject ?? configuration.EmailVerificationSubject;
  return {
    ...(sms !== undefined && { SmsVerificationMessage: sms }),
    ...(mail !== undefined && { EmailVerificationMessage: mail }),
    ...(subject !== undefined && { EmailVerificationSubject: subject }),
    VerificationMessageTemplate: {
      DefaultEmailOption: "CONFIRM_WITH_CODE",
      ...template,
      ...(sms !== undefined && { SmsMessage: sms }),
      ...(mail !== undefined && { EmailMessage: mail }),
      ...(subject !== undefined && { EmailSubject: subject }),
    },
  };
}

function describePasswordPolicy(settings: UserPool["engine"]["settings"]): object {
  const { passwordPolicy: policy, temporaryPasswordSeconds, passwordHistory } = settings;
  return {
    MinimumLength: policy.minimumLength,
    RequireUppercase: policy.requireUppercase,
    RequireLowercase: policy.requireLowercase,
    RequireNumbers: policy.requireDigit,
    RequireSymbols: policy.requireSymbol,
    TemporaryPasswordValidityDays: daysOf(temporaryPasswordSeconds),
    ...(passwordHistory > 0 && { PasswordHistorySize: passwordHistory }),
  };
}

function daysOf(length: number): number {
  return length / 86_400;
}

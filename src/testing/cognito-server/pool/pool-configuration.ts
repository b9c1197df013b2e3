import type { MfaMethod } from "../../../domain/challenge.ts";
import {
  anything,
  type Check,
  choice,
  flag,
  integer,
  list,
  type Read,
  required,
  structure,
  text,
} from "../wire/constraints.ts";
import { attributeName } from "../wire/members.ts";
import { type TriggerName, triggerNames } from "./trigger-functions.ts";

const contact = choice("email", "phone_number");

export const passwordPolicy = structure({
  MinimumLength: integer(6, 99),
  RequireUppercase: flag(),
  RequireLowercase: flag(),
  RequireNumbers: flag(),
  RequireSymbols: flag(),
  PasswordHistorySize: integer(0, 24),
  TemporaryPasswordValidityDays: integer(0, 365),
});

const schemaAttribute = structure({
  Name: required(attributeName),
  AttributeDataType: choice("String", "Number", "DateTime", "Boolean"),
  Mutable: flag(),
  Required: flag(),
  DeveloperOnlyAttribute: flag(),
  StringAttributeConstraints: structure({ MinLength: text(), MaxLength: text() }),
  NumberAttributeConstraints: structure({ MinValue: text(), MaxValue: text() }),
});

const functionArn = text({ min: 20, max: 2048, pattern: /^arn:[\w+=/,.@:-]+$/ });

/** Those that would be kept and never called. */
export const otherTriggers = [
  "CreateAuthChallenge",
  "CustomEmailSender",
  "CustomMessage",
  "CustomSMSSender",
  "DefineAuthChallenge",
  "InboundFederation",
  "UserMigration",
  "VerifyAuthChallengeResponse",
];

export const schemaAttributes = list(schemaAttribute, 50);

/** Those that would be kept and never called are read, so as to be refused. */
type NamedFunctions = Readonly<Record<TriggerName, typeof functionArn>> & {
  readonly PreTokenGenerationConfig: Check<{
    readonly LambdaVersion: "V1_0" | "V2_0" | "V3_0";
    readonly LambdaArn: string;
  }>;
};

/** What can be said of a pool when it is made or changed. */
export const mutablePoolMembers = {
  Policies: structure({
    PasswordPolicy: passwordPolicy,
    SignInPolicy: structure({
      AllowedFirstAuthFactors: list(choice("PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"), 4),
    }),
  }),
  DeletionProtection: choice("ACTIVE", "INACTIVE"),
  AutoVerifiedAttributes: list(contact),
  MfaConfiguration: choice("OFF", "ON", "OPTIONAL"),
  UserAttributeUpdateSettings: structure({
    AttributesRequireVerificationBeforeUpdate: list(contact),
  }),
  AdminCreateUserConfig: structure({
    AllowAdminCreateUserOnly: flag(),
    UnusedAccountValidityDays: integer(0, 365),
  }),
  AccountRecoverySetting: structure({
    RecoveryMechanisms: list(
      structure({
        Priority: required(integer(1, 2)),
        Name: required(choice("verified_email", "verified_phone_number", "admin_only")),
      }),
      2,
    ),
  }),
  LambdaConfig: structure({
    ...Object.fromEntries(triggerNames.map((name) => [name, functionArn])),
    ...Object.fromEntries(otherTriggers.map((name) => [name, anything()])),
    PreTokenGenerationConfig: structure({
      LambdaVersion: required(choice("V1_0", "V2_0", "V3_0")),
      LambdaArn: required(functionArn),
    }),
  } as NamedFunctions),
  DeviceConfiguration: structure({
    ChallengeRequiredOnNewDevice: flag(),
    DeviceOnlyRememberedOnUserPrompt: flag(),
  }),
};

/** What can be said of a pool only when it is made. */
export const poolMembers = {
  ...mutablePoolMembers,
  PoolName: required(text({ min: 1, max: 128, pattern: /^[\w\s+=,.@-]+$/ })),
  UsernameAttributes: list(contact),
  AliasAttributes: list(choice("email", "phone_number", "preferred_username")),
  UsernameConfiguration: structure({ CaseSensitive: required(flag()) }),
  Schema: schemaAttributes,
};

/** How a pool is set up. */
export type PoolConfiguration = Read<typeof poolMembers>;

/** An attribute of a pool's schema. */
export type SchemaAttribute = NonNullable<ReturnType<typeof schemaAttribute>>;

/** The second factors of a pool. */
export interface PoolMfa {
  readonly configuration: "OFF" | "ON" | "OPTIONAL";
  readonly methods: readonly MfaMethod[];
}

import type { MfaMethod } from "../../../domain/challenge.ts";
import { keptPoolMembers } from "../settings/kept-pool-members.ts";
import { lambdaConfig } from "../settings/lambda-config.ts";
import { invitation } from "../settings/message-members.ts";
import type { poolMfaMembers } from "../settings/mfa-members.ts";
import {
  choice,
  flag,
  integer,
  list,
  type Read,
  required,
  structure,
  text,
} from "../wire/constraints.ts";

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
  Name: required(text({ min: 1, max: 20, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u })),
  AttributeDataType: choice("String", "Number", "DateTime", "Boolean"),
  Mutable: flag(),
  Required: flag(),
  DeveloperOnlyAttribute: flag(),
  StringAttributeConstraints: structure({ MinLength: text(), MaxLength: text() }),
  NumberAttributeConstraints: structure({ MinValue: text(), MaxValue: text() }),
});

/** Attributes of a new pool. */
export const schemaAttributes = list(schemaAttribute, 50, 1);

/** Attributes that a pool gets later. */
export const customAttributes = list(schemaAttribute, 25, 1);

/** The name of a pool. */
export const poolName = text({ min: 1, max: 128, pattern: /^[\w\s+=,.@-]+$/ });

/** The members of a pool that can be said when it is made or changed. */
export const mutablePoolMembers = {
  ...keptPoolMembers,
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
    InviteMessageTemplate: invitation,
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
  LambdaConfig: lambdaConfig,
  DeviceConfiguration: structure({
    ChallengeRequiredOnNewDevice: flag(),
    DeviceOnlyRememberedOnUserPrompt: flag(),
  }),
};

/** The members of a pool that can be said only when it is made. */
export const poolMembers = {
  ...mutablePoolMembers,
  PoolName: required(poolName),
  UsernameAttributes: list(contact),
  AliasAttributes: list(choice("email", "phone_number", "preferred_username")),
  UsernameConfiguration: structure({ CaseSensitive: required(flag()) }),
  Schema: schemaAttributes,
};

/** The configuration of a pool. */
export type PoolConfiguration = Read<typeof poolMembers>;

/** An attribute of a pool's schema. */
export type SchemaAttribute = NonNullable<ReturnType<typeof schemaAttribute>>;

/** The second factors of a pool. */
export interface PoolMfa {
  readonly configuration: "OFF" | "ON" | "OPTIONAL";
  readonly methods: readonly MfaMethod[];
  /** The mail that a code comes in. */
  readonly email?: Read<typeof poolMfaMembers>["EmailMfaConfiguration"];
  readonly webAuthn?: Read<typeof poolMfaMembers>["WebAuthnConfiguration"];
}

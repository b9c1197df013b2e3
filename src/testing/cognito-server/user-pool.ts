import type { MemoryIdentityProviderOptions } from "../../adapters/memory/index.ts";
import type { MfaMethod, SignInFactor } from "../../domain/challenge.ts";
import { invalidParameter } from "./cognito-exception.ts";
import {
  anything,
  choice,
  flag,
  integer,
  list,
  type Read,
  required,
  structure,
  text,
} from "./constraints.ts";
import { attributeName } from "./members.ts";
import { type CognitoTrigger, type TriggerName, triggerNames } from "./triggers.ts";

const contact = choice("email", "phone_number");

const passwordPolicy = structure({
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
const otherTriggers = [
  "CreateAuthChallenge",
  "CustomEmailSender",
  "CustomMessage",
  "CustomSMSSender",
  "DefineAuthChallenge",
  "InboundFederation",
  "PreTokenGeneration",
  "PreTokenGenerationConfig",
  "UserMigration",
  "VerifyAuthChallengeResponse",
];

export const schemaAttributes = list(schemaAttribute, 50);

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
  } as Readonly<Record<TriggerName, typeof functionArn>>),
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

/** What triggers call, by the ARN that a pool names. */
export interface FunctionsByArn {
  readonly functions: Readonly<Record<string, CognitoTrigger>>;
}

const daySeconds = 86_400;

/**
 * Gives what a pool's configuration is to the engine.
 *
 * @throws {CognitoException} `InvalidParameter` — it contradicts itself, or asks for what this server does not do: it would
 *   be kept and not honoured
 */
export function engineOptionsOf(
  configuration: PoolConfiguration,
  mfa: PoolMfa,
  { passkeys, functions }: Pick<MemoryIdentityProviderOptions, "passkeys"> & FunctionsByArn,
) {
  const { Policies, AdminCreateUserConfig, UsernameConfiguration, Schema = [] } = configuration;
  const { PasswordPolicy: policy, SignInPolicy } = Policies ?? {};
  refuseWhatIsNotHonoured(configuration, functions);
  const firstFactors = SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
  const takesPasskeys = firstFactors.includes("WEB_AUTHN");
  if (takesPasskeys && !passkeys) throw notHonoured("passkeys unless it is told how to check them");
  return {
    signInModel: signInModelOf(configuration),
    aliases: configuration.AliasAttributes ?? [],
    // The API's default, which is not the console's.
    caseSensitive: UsernameConfiguration?.CaseSensitive ?? true,
    passwordPolicy: passwordPolicyOf(policy),
    passwordHistory: policy?.PasswordHistorySize ?? 0,
    temporaryPasswordSeconds:
      (policy?.TemporaryPasswordValidityDays ||
        AdminCreateUserConfig?.UnusedAccountValidityDays ||
        7) * daySeconds,
    requiredAttributes: Schema.filter(({ Required }) => Required).map(({ Name }) => Name),
    // With nothing to send a code to, nobody but an administrator confirms.
    signUpApproval: (configuration.AutoVerifiedAttributes ?? []).length === 0,
    autoVerified: configuration.AutoVerifiedAttributes ?? [],
    recovery: recoveryOf(configuration),
    allowSignUp: !AdminCreateUserConfig?.AllowAdminCreateUserOnly,
    verifyBeforeUpdate: verifiedBeforeUpdate(configuration),
    mfa: ({ OFF: "off", OPTIONAL: "optional", ON: "required" } as const)[mfa.configuration],
    mfaMethods: mfa.methods,
    signInFactors: signInFactorsOf(firstFactors),
    passkeys: takesPasskeys ? passkeys : undefined,
  } satisfies MemoryIdentityProviderOptions;
}

function refuseWhatIsNotHonoured(
  configuration: PoolConfiguration,
  functions: FunctionsByArn["functions"],
): void {
  const { UsernameAttributes = [], AliasAttributes = [], LambdaConfig = {} } = configuration;
  if (UsernameAttributes.length > 0 && AliasAttributes.length > 0)
    throw invalidParameter("Only one of the aliasAttributes or usernameAttributes can be set.");
  for (const [name, arn] of Object.entries(LambdaConfig)) {
    if (otherTriggers.includes(name)) throw notHonoured(`LambdaConfig with ${name}`);
    if (!functions[arn]) throw notHonoured(`LambdaConfig unless it is given the function ${arn}`);
  }
  const autoVerified = configuration.AutoVerifiedAttributes ?? [];
  if (!verifiedBeforeUpdate(configuration).every((name) => autoVerified.includes(name)))
    throw invalidParameter(
      "AttributesRequireVerificationBeforeUpdate must be among the AutoVerifiedAttributes.",
    );
  const factors = configuration.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? [];
  if (factors.length > 0 && !factors.includes("PASSWORD"))
    throw invalidParameter("AllowedFirstAuthFactors must include PASSWORD.");
}

function notHonoured(what: string) {
  return invalidParameter(`This server does not do ${what}.`);
}

function signInModelOf({ UsernameAttributes = [], AliasAttributes = [] }: PoolConfiguration) {
  const [first, second] = UsernameAttributes;
  if (first && second) return "email_or_phone_number";
  if (first) return first;
  return AliasAttributes.length > 0 ? "alias" : "username";
}

/** Cognito's defaults hold where there is no policy at all; in one, what is not asked for is not required. */
function passwordPolicyOf(policy: ReturnType<typeof passwordPolicy>) {
  return {
    minimumLength: policy?.MinimumLength ?? 8,
    requireUppercase: policy ? (policy.RequireUppercase ?? false) : true,
    requireLowercase: policy ? (policy.RequireLowercase ?? false) : true,
    requireDigit: policy ? (policy.RequireNumbers ?? false) : true,
    requireSymbol: policy ? (policy.RequireSymbols ?? false) : true,
  };
}

function verifiedBeforeUpdate({ UserAttributeUpdateSettings: settings }: PoolConfiguration) {
  return settings?.AttributesRequireVerificationBeforeUpdate ?? [];
}

const recoveryContacts = {
  verified_email: "email",
  verified_phone_number: "phone_number",
  admin_only: undefined,
} as const;

/** Where nothing is said, the telephone comes first. */
function recoveryOf({ AccountRecoverySetting }: PoolConfiguration) {
  const mechanisms = AccountRecoverySetting?.RecoveryMechanisms ?? [];
  if (mechanisms.length === 0) return ["phone_number", "email"] as const;
  return mechanisms
    .toSorted((one, other) => one.Priority - other.Priority)
    .flatMap(({ Name }) => recoveryContacts[Name] ?? []);
}

const factorNames = {
  PASSWORD: "password",
  EMAIL_OTP: "email_code",
  SMS_OTP: "sms_code",
} satisfies Record<string, SignInFactor>;

function signInFactorsOf(names: readonly string[]) {
  return Object.entries(factorNames)
    .filter(([name]) => names.includes(name))
    .map(([, factor]) => factor);
}

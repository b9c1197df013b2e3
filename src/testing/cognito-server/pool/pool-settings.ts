import type { MemoryIdentityProviderOptions } from "../../../adapters/memory/index.ts";
import type { SignInFactor } from "../../../domain/challenge.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import type { PoolConfiguration, PoolMfa, passwordPolicy } from "./pool-configuration.ts";
import { checkPoolSettings } from "./pool-rules.ts";
import { type CognitoTrigger, type TriggerName, triggerNames } from "./trigger-functions.ts";

/** The functions that triggers call, by the ARN that a pool names. */
export interface FunctionsByArn {
  readonly functions: Readonly<Record<string, CognitoTrigger>>;
  /** By the name of the trigger, for other ARNs. */
  readonly triggers: Readonly<Partial<Record<TriggerName, CognitoTrigger>>>;
}

const daySeconds = 86_400;

/**
 * Makes the engine's options of a pool's configuration.
 *
 * @throws {CognitoException} `InvalidParameter` — it contradicts itself, or asks for what this server does not do: it would
 *   be kept and not honoured
 */
export function engineOptionsOf(
  configuration: PoolConfiguration,
  mfa: PoolMfa,
  { passkeys, ...functions }: Pick<MemoryIdentityProviderOptions, "passkeys"> & FunctionsByArn,
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
    requiredAttributes: Schema.filter(({ Name, Required }) => Required && Name !== "sub").map(
      ({ Name }) => Name,
    ),
    developerAttributes: true,
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
  { functions, triggers }: FunctionsByArn,
): void {
  checkPoolSettings(configuration);
  const { IssuerConfiguration, LambdaConfig = {} } = configuration;
  if (IssuerConfiguration?.Type === "UPDATED") throw notHonoured("issuers of the updated type");
  // The key is for messages that nobody is sent.
  const { KMSKeyID: _, PreTokenGenerationConfig, ...named } = LambdaConfig;
  for (const [name, arn] of Object.entries({
    ...named,
    ...(PreTokenGenerationConfig && { PreTokenGeneration: PreTokenGenerationConfig.LambdaArn }),
  })) {
    const trigger = triggerNames.find((one) => one === name);
    if (!trigger) throw notHonoured(`LambdaConfig with ${name}`);
    if (!functions[arn] && !triggers[trigger])
      throw notHonoured(`LambdaConfig unless it is given the function ${arn}`);
  }
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

/** The contacts that a code to recover an account goes to. Where nothing is said, the telephone comes first. */
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

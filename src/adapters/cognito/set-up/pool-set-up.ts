import { type MfaMethod, mfaMethods, type SignInFactor } from "../../../domain/challenge.ts";
import { passwordMaxLength } from "../../../domain/credentials.ts";
import {
  type CharacterKind,
  characterKinds,
  contactKinds,
  type PasswordRules,
  type ProviderSetUp,
} from "../../../domain/set-up.ts";
import type { CognitoFeature } from "../features.ts";
import type { PoolDescriptions } from "../pool-check/descriptions.ts";
import { type Description, structureIn, textsIn } from "../pool-check/findings.ts";

/** Tells how a user pool is set up, as far as its descriptions say. */
export function poolSetUp(
  { pool, client, mfa }: PoolDescriptions,
  features: readonly CognitoFeature[],
): ProviderSetUp {
  const secondFactors = mfa.answer && secondFactorsOf(mfa.answer);
  return {
    ...(pool.answer && setUpOfPool(pool.answer, client.answer, features)),
    ...(secondFactors && { secondFactors }),
  };
}

function setUpOfPool(
  pool: Description,
  client: Description | undefined,
  features: readonly CognitoFeature[],
): ProviderSetUp {
  const { AllowAdminCreateUserOnly: isClosed } = structureIn(pool, "AdminCreateUserConfig");
  const confirmation = confirmationOf(pool, features);
  return {
    signUp: {
      isOpen: isClosed !== true,
      names: namesOf(pool),
      requiredAttributes: requiredAttributesOf(pool),
      ...(confirmation && { confirmation }),
    },
    signIn: signInOf(pool, client),
    isSecondFactorRequired: pool.MfaConfiguration === "ON",
    canRecover: canRecover(pool),
    password: passwordRulesOf(structureIn(structureIn(pool, "Policies"), "PasswordPolicy")),
  };
}

function namesOf(pool: Description) {
  const addresses = textsIn(pool, "UsernameAttributes");
  const names = contactKinds.filter((kind) => addresses.includes(kind));
  return names.length > 0 ? names : (["username"] as const);
}

/** An account under an address has that address without being told twice. */
function requiredAttributesOf(pool: Description): readonly string[] {
  const names: readonly string[] = namesOf(pool);
  const schema = pool.SchemaAttributes;
  return (Array.isArray(schema) ? schema : [])
    .map((attribute: unknown): Description => ({ ...Object(attribute) }))
    .flatMap(({ Name: name, Required: isRequired }) =>
      isRequired === true && typeof name === "string" && name !== "sub" ? name : [],
    )
    .filter((name) => names.length !== 1 || !names.includes(name));
}

/** A trigger may confirm whom it likes, which nobody can see from here. */
function confirmationOf(pool: Description, features: readonly CognitoFeature[]) {
  if (structureIn(pool, "LambdaConfig").PreSignUp !== undefined) return undefined;
  if (features.includes("sign_up_approval")) return [];
  const proven = textsIn(pool, "AutoVerifiedAttributes");
  return contactKinds.filter((kind) => proven.includes(kind));
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AccountRecoverySettingType.html */
function canRecover(pool: Description): boolean {
  const { RecoveryMechanisms: list } = structureIn(pool, "AccountRecoverySetting");
  const mechanisms = (Array.isArray(list) ? list : []).map((one: unknown) => Object(one).Name);
  return mechanisms.length === 0 || mechanisms.some((name) => name !== "admin_only");
}

const requirements = {
  lowercase: "RequireLowercase",
  uppercase: "RequireUppercase",
  digit: "RequireNumbers",
  symbol: "RequireSymbols",
} as const satisfies Record<CharacterKind, string>;

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html */
function passwordRulesOf(policy: Description): PasswordRules {
  return {
    minLength: Number(policy.MinimumLength) || 8,
    maxLength: passwordMaxLength,
    requires: characterKinds.filter((kind) => policy[requirements[kind]] === true),
  };
}

/** The factors of the choice-based sign-in, by Cognito's names, and those that it has no part in. */
const factorNames: Readonly<Record<string, SignInFactor>> = {
  EMAIL_OTP: "email_code",
  SMS_OTP: "sms_code",
  WEB_AUTHN: "passkey",
};

function signInOf(
  pool: Description,
  client: Description | undefined,
): NonNullable<ProviderSetUp["signIn"]> {
  const aliases = textsIn(pool, "AliasAttributes");
  const names = [...namesOf(pool), ...contactKinds.filter((kind) => aliases.includes(kind))];
  if (!client) return { names };
  const flows = textsIn(client, "ExplicitAuthFlows");
  const policy = structureIn(structureIn(pool, "Policies"), "SignInPolicy");
  const chosen = flows.includes("ALLOW_USER_AUTH")
    ? textsIn(policy, "AllowedFirstAuthFactors")
    : [];
  return {
    names,
    firstFactors: [
      "password",
      ...chosen.flatMap((name) => factorNames[name] ?? []),
      ...(flows.includes("ALLOW_CUSTOM_AUTH") ? (["custom"] as const) : []),
    ],
  };
}

/** @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserPoolMfaConfig.html */
function secondFactorsOf(mfa: Description): readonly MfaMethod[] {
  if (mfa.MfaConfiguration === "OFF") return [];
  const isThere = {
    totp: structureIn(mfa, "SoftwareTokenMfaConfiguration").Enabled === true,
    sms_code: mfa.SmsMfaConfiguration !== undefined,
    email_code: mfa.EmailMfaConfiguration !== undefined,
  } satisfies Record<MfaMethod, boolean>;
  return mfaMethods.filter((method) => isThere[method]);
}

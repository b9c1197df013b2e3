import type { CognitoFeature } from "../features.ts";
import { type Description, type Finding, findIf, structureIn, textsIn } from "./findings.ts";
import type { PoolCheckOptions } from "./options.ts";

/** Finds the faults of a user pool, by its description. */
export function poolFindings(
  pool: Description,
  { features }: PoolCheckOptions,
): readonly Finding[] {
  return [
    ...verificationFindings(pool),
    findIf(
      structureIn(pool, "UsernameConfiguration").CaseSensitive !== false,
      "case_sensitivity",
      "Ada@example.com and ada@example.com are two accounts: user names of this pool are case-sensitive, which only a new pool can mend, with CaseSensitive set to false.",
    ),
    ...factorFindings(pool, features),
  ];
}

/** The addresses that users can have, and sign in or recover by. */
const addresses = ["email", "phone_number"] as const;

function verificationFindings(pool: Description): readonly Finding[] {
  const settings = structureIn(pool, "UserAttributeUpdateSettings");
  const verified = textsIn(settings, "AttributesRequireVerificationBeforeUpdate");
  const used = ["AutoVerifiedAttributes", "UsernameAttributes", "AliasAttributes"].flatMap((name) =>
    textsIn(pool, name),
  );
  return addresses.map((address) =>
    findIf(
      used.includes(address) && !verified.includes(address),
      "verification_before_update",
      `A new ${address} counts before anybody has proven it: add ${address} to AttributesRequireVerificationBeforeUpdate of the pool, and to AutoVerifiedAttributes.`,
    ),
  );
}

/** The factor that a feature needs the pool to allow first. */
const firstFactors: Partial<Record<CognitoFeature, string>> = {
  email_code_sign_in: "EMAIL_OTP",
  sms_code_sign_in: "SMS_OTP",
  passkeys: "WEB_AUTHN",
};

function factorFindings(
  pool: Description,
  features: readonly CognitoFeature[],
): readonly Finding[] {
  const policy = structureIn(structureIn(pool, "Policies"), "SignInPolicy");
  const allowed = textsIn(policy, "AllowedFirstAuthFactors");
  return features.map((feature) => {
    const factor = firstFactors[feature];
    return findIf(
      factor !== undefined && !allowed.includes(factor),
      "first_factors",
      `COGNITO_FEATURES has ${feature}, and the pool does not allow ${factor}: add it to AllowedFirstAuthFactors, or take the feature away.`,
    );
  });
}

/** Tells whether users can write attributes that the pool's owner may have meant for others to write. */
export function writableFindings(pool: Description, client: Description): readonly Finding[] {
  const schema = pool.SchemaAttributes;
  const custom = (Array.isArray(schema) ? schema : [])
    .map((attribute: unknown): Description => ({ ...Object(attribute) }))
    .filter(({ Mutable: isMutable, DeveloperOnlyAttribute: isHidden }) => isMutable && !isHidden)
    .flatMap(({ Name: name }) =>
      typeof name === "string" && name.startsWith("custom:") ? name : [],
    );
  const isOpen = textsIn(client, "WriteAttributes").length === 0;
  return [
    findIf(
      isOpen && custom.length > 0,
      "writable_attributes",
      `Every user can set ${custom.join(", ")} of their own account: list in WriteAttributes of the app client what users may write, and leave out what anything depends on.`,
    ),
  ];
}

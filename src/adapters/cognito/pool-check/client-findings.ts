import type { CognitoFeature } from "../features.ts";
import { type Description, type Finding, findIf, structureIn, textsIn } from "./findings.ts";
import type { PoolCheckOptions } from "./options.ts";

/** Finds the faults of an app client, by its description, as the service is to use it. */
export function clientFindings(client: Description, options: PoolCheckOptions): readonly Finding[] {
  return [
    ...flowFindings(client, options),
    ...secretFindings(client, options),
    findIf(
      client.PreventUserExistenceErrors !== "ENABLED",
      "prevent_user_existence_errors",
      "The app client tells who has an account: set its PreventUserExistenceErrors to ENABLED.",
    ),
    findIf(
      client.EnableTokenRevocation !== true,
      "token_revocation",
      "A sign-out ends no session at Cognito: set EnableTokenRevocation of the app client.",
    ),
    ...lifetimeFindings(client, options),
    findIf(
      !options.authFlow.startsWith("ADMIN_") &&
        !(options.propagatesCallerAddress && client.EnablePropagateAdditionalUserContextData),
      "context_data",
      "Threat protection cannot see who calls: set EnablePropagateAdditionalUserContextData of the app client and COGNITO_PROPAGATE_CALLER_ADDRESS=true, or use a flow with ADMIN_.",
    ),
  ];
}

/** The names that allow a flow, old and new. */
const allowing = {
  ADMIN_USER_PASSWORD_AUTH: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
  ADMIN_NO_SRP_AUTH: ["ADMIN_NO_SRP_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
  USER_PASSWORD_AUTH: ["ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"],
  USER_SRP_AUTH: ["ALLOW_USER_SRP_AUTH"],
  USER_AUTH: ["ALLOW_USER_AUTH"],
} as const satisfies Record<PoolCheckOptions["authFlow"], readonly string[]>;

/** The flow that a feature needs besides that of passwords. */
const flowsOfFeatures: Partial<Record<CognitoFeature, string>> = {
  email_code_sign_in: "ALLOW_USER_AUTH",
  sms_code_sign_in: "ALLOW_USER_AUTH",
  passkeys: "ALLOW_USER_AUTH",
  custom_challenges: "ALLOW_CUSTOM_AUTH",
};

/** The flows of an app client that was told none. */
const usualFlows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_CUSTOM_AUTH"];

function flowFindings(
  client: Description,
  { authFlow, refreshFlow, features }: PoolCheckOptions,
): readonly Finding[] {
  const told = textsIn(client, "ExplicitAuthFlows");
  const flows = told.length > 0 ? told : usualFlows;
  const isRotating = structureIn(client, "RefreshTokenRotation").Feature === "ENABLED";
  const missing = features.flatMap((feature) => flowsOfFeatures[feature] ?? []);
  return [
    findIf(
      !allowing[authFlow].some((name) => flows.includes(name)),
      "auth_flow",
      `No user can sign in: the app client does not allow ${allowing[authFlow][0]}. Add it to ExplicitAuthFlows, or set COGNITO_AUTH_FLOW to a flow that is there.`,
    ),
    ...[...new Set(missing)].map((name) =>
      findIf(
        !flows.includes(name),
        "auth_flow",
        `COGNITO_FEATURES has what needs ${name}: add it to ExplicitAuthFlows of the app client.`,
      ),
    ),
    findIf(
      !isRotating && !flows.includes("ALLOW_REFRESH_TOKEN_AUTH"),
      "refresh_flow",
      "No session can be refreshed: add ALLOW_REFRESH_TOKEN_AUTH to ExplicitAuthFlows of the app client, or let refresh tokens rotate.",
    ),
    findIf(
      isRotating && refreshFlow === "REFRESH_TOKEN_AUTH",
      "refresh_flow",
      "No session can be refreshed: refresh tokens rotate, which COGNITO_REFRESH_FLOW=REFRESH_TOKEN_AUTH does not do. Set it to GET_TOKENS_FROM_REFRESH_TOKEN.",
    ),
  ];
}

function secretFindings(
  { ClientSecret: described }: Description,
  { clientSecrets }: PoolCheckOptions,
): readonly Finding[] {
  const hasSecret = typeof described === "string";
  const isSet = clientSecrets.length > 0;
  return [
    findIf(
      !hasSecret && !isSet,
      "client_secret",
      "Anybody who knows the client id can call Cognito past this service: make an app client with a secret, and set COGNITO_CLIENT_SECRET.",
    ),
    findIf(
      hasSecret && !isSet,
      "client_secret",
      "Cognito refuses every call: the app client has a secret. Set COGNITO_CLIENT_SECRET.",
    ),
    findIf(
      !hasSecret && isSet,
      "client_secret",
      "Cognito refuses every call: the app client has no secret. Take COGNITO_CLIENT_SECRET away.",
    ),
    findIf(
      hasSecret && isSet && !clientSecrets.includes(described),
      "client_secret",
      "COGNITO_CLIENT_SECRET is not the secret that the app client shows. If it is not its second one, Cognito refuses every call.",
    ),
  ];
}

const unitSeconds = { seconds: 1, minutes: 60, hours: 3_600, days: 86_400 } as const;

/** The longest that a sign-in should last whatever is refreshed, in days: also what Cognito has where nothing is said. */
const longestDays = 30;

function lifetimeFindings(client: Description, options: PoolCheckOptions): readonly Finding[] {
  const rotation = structureIn(client, "RefreshTokenRotation");
  const isRotating = rotation.Feature === "ENABLED";
  const days = refreshDays(client);
  return [
    findIf(
      !isRotating && options.refreshFlow !== "REFRESH_TOKEN_AUTH",
      "refresh_rotation",
      `A stolen refresh token is good for ${Math.round(days)} days, and nobody notices: set RefreshTokenRotation of the app client to ENABLED, with a grace period.`,
    ),
    findIf(
      isRotating && !rotation.RetryGracePeriodSeconds,
      "refresh_grace",
      "An answer to a refresh that is lost on its way signs the user out: set RetryGracePeriodSeconds of RefreshTokenRotation, to 30 say.",
    ),
    findIf(
      days > longestDays,
      "refresh_lifetime",
      `A sign-in lasts ${Math.round(days)} days, as refreshes do not lengthen it: set RefreshTokenValidity of the app client to ${longestDays} days or less.`,
    ),
  ];
}

function refreshDays(client: Description): number {
  const { RefreshToken: unit = "days" } = structureIn(client, "TokenValidityUnits");
  const count = Number(client.RefreshTokenValidity) || 0;
  const seconds = Object.entries(unitSeconds).find(([name]) => name === unit)?.[1] ?? 86_400;
  // Zero is the default, whatever the unit.
  return count > 0 ? (count * seconds) / 86_400 : longestDays;
}

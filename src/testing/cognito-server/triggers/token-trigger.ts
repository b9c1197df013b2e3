import type { Client, IssuedClaims } from "../../../adapters/memory/tokens/clients.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import type { Directory, UserPool } from "../directory/directory.ts";
import type { AppClient } from "../pool/app-client.ts";
import { isMembers, type Members } from "../wire/wire.ts";
import { callTrigger, triggerAttributes } from "./triggers.ts";

/** The occasion that tokens are issued on. */
export type TokenOccasion = "Authentication" | "NewPasswordChallenge" | "RefreshTokens";

/** The claims that no trigger changes: all that says whose the tokens are, for whom, from whom and how long. */
const fixed = new Set(
  (
    "username sub identities aud client_id event_id device_key version acr amr at_hash auth_time azp exp iat iss jti nbf " +
    "nonce origin_jti token_use"
  ).split(" "),
);

/**
 * Gives a client whose tokens say what the pool's trigger makes of them.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
 */
export function withTokenTrigger(
  directory: Directory,
  pool: UserPool,
  { id: clientId }: Pick<AppClient, "id">,
  { client, occasion }: { readonly client: Client; readonly occasion: TokenOccasion },
): Client {
  const { PreTokenGeneration, PreTokenGenerationConfig } = pool.configuration.LambdaConfig ?? {};
  if (!PreTokenGeneration && !PreTokenGenerationConfig) return client;
  const isNew = (PreTokenGenerationConfig?.LambdaVersion ?? "V1_0") !== "V1_0";
  return {
    ...client,
    async amendClaims(user, claims) {
      const response = await callTrigger(directory, pool, {
        trigger: "PreTokenGeneration",
        occasion,
        clientId,
        userName: user.username,
        request: requestOf(user, claims, isNew),
        response: { [isNew ? "claimsAndScopeOverrideDetails" : "claimsOverrideDetails"]: null },
      });
      return isNew
        ? amendBoth(claims, membersIn(response, "claimsAndScopeOverrideDetails"))
        : amendId(claims, membersIn(response, "claimsOverrideDetails"));
    },
  };
}

/** Only the newer versions of the event are about access tokens, and so about scopes. */
function requestOf(
  user: User,
  { access, id }: IssuedClaims,
  isNew: boolean,
): Readonly<Record<string, unknown>> {
  return {
    userAttributes: triggerAttributes(user),
    groupConfiguration: {
      groupsToOverride: id["cognito:groups"] ?? [],
      iamRolesToOverride: id["cognito:roles"] ?? [],
      preferredRole: id["cognito:preferred_role"] ?? null,
    },
    ...(isNew && { scopes: String(access.scope).split(" ") }),
  };
}

/** The first version of the event: claims of the ID token, and groups of both. */
function amendId({ access, id }: IssuedClaims, details: Members): IssuedClaims {
  const groups = groupsIn(details);
  const { "cognito:groups": group } = groups;
  return {
    access: { ...access, ...(group !== undefined && { "cognito:groups": group }) },
    id: { ...amended(id, details), ...groups },
  };
}

/** The second version: claims of both, and scopes. */
function amendBoth({ access, id }: IssuedClaims, details: Members): IssuedClaims {
  const ofAccess = membersIn(details, "accessTokenGeneration");
  const suppressed = textsIn(ofAccess, "scopesToSuppress");
  const scopes = [...String(access.scope).split(" "), ...textsIn(ofAccess, "scopesToAdd")];
  const amendedAccess = {
    ...amended(access, ofAccess),
    scope: scopes.filter((scope) => !suppressed.includes(scope)).join(" "),
  };
  const amendedId = amended(id, membersIn(details, "idTokenGeneration"));
  return amendId(
    { access: amendedAccess, id: amendedId },
    {
      groupOverrideDetails: details.groupOverrideDetails,
    },
  );
}

function amended(claims: Members, details: Members): Members {
  const suppressed = textsIn(details, "claimsToSuppress");
  const kept = Object.entries(claims).filter(
    ([name]) => isFixed(name) || !suppressed.includes(name),
  );
  const added = Object.entries(membersIn(details, "claimsToAddOrOverride"));
  return Object.fromEntries([...kept, ...added.filter(([name]) => !isFixed(name))]);
}

function isFixed(name: string): boolean {
  return fixed.has(name) || name === "scope" || name.startsWith("cognito:");
}

function groupsIn(details: Members): Members {
  const { groupsToOverride, iamRolesToOverride, preferredRole } = membersIn(
    details,
    "groupOverrideDetails",
  );
  return {
    ...(Array.isArray(groupsToOverride) && { "cognito:groups": groupsToOverride }),
    ...(Array.isArray(iamRolesToOverride) && { "cognito:roles": iamRolesToOverride }),
    ...(typeof preferredRole === "string" && { "cognito:preferred_role": preferredRole }),
  };
}

function membersIn(members: Members, name: string): Members {
  const { [name]: value } = members;
  return isMembers(value) ? value : {};
}

function textsIn(members: Members, name: string): readonly string[] {
  const { [name]: value } = members;
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}

import type { AppClient, AppClientConfiguration } from "../pool/app-client.ts";
import { isDeveloperOnly } from "../pool/pool-schema.ts";
import { checkRedirects } from "../pool/redirect-uris.ts";
import { CognitoException, invalidParameter } from "../wire/cognito-exception.ts";
import type { UserPool } from "./directory.ts";

/** An app client as it is to be. */
type NewClient = Pick<AppClient, "configuration" | "secrets">;

/**
 * Requires that what an app client is told does not contradict itself, and names what its pool has.
 *
 * @param occasion - what is done to the client, as Cognito says it
 * @throws {CognitoException} `InvalidParameter` `InvalidOAuthFlow` `ScopeDoesNotExist` — in Cognito's words
 */
export function checkClientSettings(
  pool: UserPool,
  { configuration, secrets }: NewClient,
  occasion: "creating" | "updating",
): void {
  checkAttributeLists(pool, configuration, occasion);
  checkFlows(configuration, secrets.length > 0);
  checkScopes(pool, configuration);
  checkRedirects(configuration);
  checkProviders(pool, configuration);
  checkAnalytics(configuration);
  if (configuration.EnablePropagateAdditionalUserContextData && secrets.length === 0)
    throw invalidParameter(
      "EnablePropagateAdditionalUserContextData can only be enabled for a client with a secret.",
    );
}

/** Attributes that no client writes at Cognito: it says itself who someone is, and which addresses are proven. */
const unwritable = new Set(["sub", "email_verified", "phone_number_verified"]);

function checkAttributeLists(
  { configuration }: UserPool,
  { ReadAttributes = [], WriteAttributes = [] }: AppClientConfiguration,
  occasion: string,
): void {
  const known = new Set(configuration.Schema?.map(({ Name }) => Name));
  const isKnown = (name: string) => known.has(name) && !isDeveloperOnly(name);
  const lists = { read: ReadAttributes.every(isKnown), write: WriteAttributes.every(isKnown) };
  if (WriteAttributes.some((name) => unwritable.has(name))) lists.write = false;
  for (const [kind, isRight] of Object.entries(lists))
    if (!isRight)
      throw invalidParameter(`Invalid ${kind} attributes specified while ${occasion} a client`);
}

function checkFlows(configuration: AppClientConfiguration, hasSecret: boolean): void {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: scopes = [] } = configuration;
  if (configuration.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || scopes.length === 0))
    throw invalidParameter(
      "AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
    );
  if (!flows.includes("client_credentials")) return;
  const personal = scopes.find((scope) => personalScopes.includes(scope));
  const fault =
    (flows.length > 1 &&
      "client_credentials flow can not be selected along with code flow or implicit flow.") ||
    (!hasSecret &&
      "client_credentials flow can not be selected if client does not have a client secret.") ||
    (personal && `${personal} is not supported with client_credentials flow.`);
  if (fault) throw new CognitoException("InvalidOAuthFlow", fault);
}

/** Scopes that are about a user. */
const personalScopes = ["openid", "email", "phone", "profile", "aws.cognito.signin.user.admin"];

function checkScopes(
  { resources }: UserPool,
  { AllowedOAuthScopes = [] }: AppClientConfiguration,
): void {
  const own = [...resources.resourceServers.values()].flatMap(({ Identifier, Scopes = [] }) =>
    Scopes.map(({ ScopeName }) => `${Identifier}/${ScopeName}`),
  );
  const unknown = AllowedOAuthScopes.find(
    (scope) => !personalScopes.includes(scope) && !own.includes(scope),
  );
  if (unknown !== undefined)
    throw new CognitoException("ScopeDoesNotExist", `Invalid scope requested: ${unknown}`);
}

function checkProviders(
  { id, resources }: UserPool,
  { SupportedIdentityProviders = [] }: AppClientConfiguration,
): void {
  const unknown = SupportedIdentityProviders.find(
    (name) => name !== "COGNITO" && !resources.identityProviders.has(name),
  );
  if (unknown !== undefined)
    throw invalidParameter(`The provider ${unknown} does not exist for User Pool ${id}.`);
}

function checkAnalytics({ AnalyticsConfiguration: analytics }: AppClientConfiguration): void {
  if (!analytics) return;
  const { ApplicationArn, ApplicationId, RoleArn, ExternalId } = analytics;
  const isNamed = ApplicationId !== undefined && RoleArn !== undefined && ExternalId !== undefined;
  if ((ApplicationArn === undefined) !== isNamed)
    throw invalidParameter(
      "Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid",
    );
}

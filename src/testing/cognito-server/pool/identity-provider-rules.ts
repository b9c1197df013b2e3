import type { IdentityProviderConfiguration } from "../settings/identity-provider-members.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";

/**
 * Requires that an identity provider is told what one of its type needs.
 *
 * @throws {CognitoException} `InvalidParameter` — in Cognito's words
 */
export function checkProvider(configuration: IdentityProviderConfiguration): void {
  const { ProviderName: name, ProviderType: type, ProviderDetails: details } = configuration;
  const isNamedFreely = type === "SAML" || type === "OIDC";
  if (!isNamedFreely && name !== type)
    throw invalidParameter(`Provider ${name} cannot be of type ${type}.`);
  if (type === "SAML") checkSaml(details);
  const { required, message } = needs[type];
  if (!required.every((one) => details[one])) throw invalidParameter(message);
  if (type === "OIDC" && !details.oidc_issuer?.startsWith("https://"))
    throw invalidParameter("OIDC endpoint must start with https://");
}

interface Needs {
  readonly required: readonly string[];
  readonly message: string;
}

type Details = IdentityProviderConfiguration["ProviderDetails"];

const social = {
  required: ["client_id", "client_secret", "authorize_scopes"],
  message: "clientId, clientSecret and authorizeScopes are all required idp details.",
};

/** The details that each type needs, and Cognito's words where one is missing. */
const needs = {
  SAML: { required: [], message: "" },
  Facebook: social,
  Google: social,
  LoginWithAmazon: social,
  SignInWithApple: {
    required: ["client_id", "team_id", "key_id", "private_key"],
    message: "clientId, privateKey, teamId, and keyId are all required idp details.",
  },
  OIDC: {
    required: ["client_id", "authorize_scopes", "oidc_issuer", "attributes_request_method"],
    message:
      "clientId, authorizeScopes, oidcIssuer and attributesRequestMethod are all required idp details.",
  },
} satisfies Record<IdentityProviderConfiguration["ProviderType"], Needs>;

function checkSaml({ MetadataURL: url, MetadataFile: file }: Details): void {
  if (!url && !file)
    throw invalidParameter("At least one of the MetadataURL or MetadataFile should be provided.");
  if (url && file)
    throw invalidParameter("Only one of the MetadataURL or MetadataFile should be provided.");
}

import { invalidParameter } from "../wire/cognito-exception.ts";
import type { AppClientConfiguration } from "./app-client.ts";

/**
 * Requires that the addresses that users are sent to are ones that Cognito takes.
 *
 * @throws {CognitoException} `InvalidParameter`
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-integration.html
 */
export function checkRedirects(configuration: AppClientConfiguration): void {
  const { CallbackURLs = [], LogoutURLs = [], DefaultRedirectURI: usual } = configuration;
  const { AllowedOAuthFlows: flows = [] } = configuration;
  if (CallbackURLs.length === 0 && (flows.includes("code") || flows.includes("implicit")))
    throw invalidParameter(
      "CallbackUrls can not be empty when code flow or implicit flow is selected",
    );
  for (const uri of [...CallbackURLs, ...LogoutURLs]) checkUri(uri);
  if (usual !== undefined && !CallbackURLs.includes(usual))
    throw invalidParameter(`The default redirect URI ${usual} is not in the callback URIs list.`);
}

function checkUri(uri: string): void {
  if (!URL.canParse(uri)) throw invalidParameter(`${uri} is not an absolute URI.`);
  if (uri.includes("#")) throw invalidParameter(`${uri} cannot contain a fragment.`);
  const { protocol, hostname } = new URL(uri);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (protocol === "http:" && !isLocal)
    throw invalidParameter(`${uri} cannot use the HTTP protocol.`);
}

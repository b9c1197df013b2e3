import { choice, flag, list, structure, text } from "../wire/constraints.ts";
import { arn } from "./arn.ts";

/** The grants by which an application can come by tokens at the hosted pages. */
export const oauthFlows = choice("code", "implicit", "client_credentials");

/** A scope that an application can ask for. */
export const scope = text({ min: 1, max: 256, pattern: /^[\x21\x23-\x5B\x5D-\x7E]+$/ });

const redirectUri = text({ min: 1, max: 1024, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u });

/** Members of an app client that are kept and given back: there are no hosted pages that they could matter to. */
export const oauthMembers = {
  SupportedIdentityProviders: list(
    text({ min: 1, max: 32, pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]+$/u }),
  ),
  CallbackURLs: list(redirectUri, 100),
  LogoutURLs: list(redirectUri, 100),
  DefaultRedirectURI: redirectUri,
  AllowedOAuthFlows: list(oauthFlows, 3),
  AllowedOAuthScopes: list(scope, 50),
  AllowedOAuthFlowsUserPoolClient: flag(),
  AnalyticsConfiguration: structure({
    ApplicationId: text({ pattern: /^[0-9a-fA-F]+$/ }),
    ApplicationArn: arn,
    RoleArn: arn,
    ExternalId: text({ max: 131_072 }),
    UserDataShared: flag(),
  }),
  EnablePropagateAdditionalUserContextData: flag(),
};

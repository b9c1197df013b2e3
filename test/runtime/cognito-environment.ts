import { awsCredentials, type CognitoPool, cognitoRegion } from "../support/cognito-pool.ts";

/** A user pool, and where its parts answer. */
export interface CognitoPlace extends CognitoPool {
  readonly endpoint: string;
  readonly issuer: string;
  readonly jwksUri: string;
}

/** The settings that point Portico at a user pool other than AWS's own. */
export function cognitoEnvironment(place: CognitoPlace): Record<string, string> {
  return {
    IDENTITY_PROVIDER: "cognito",
    COGNITO_REGION: cognitoRegion,
    COGNITO_USER_POOL_ID: place.poolId,
    COGNITO_CLIENT_ID: place.clientId,
    COGNITO_CLIENT_SECRET: place.clientSecret,
    COGNITO_ENDPOINT: place.endpoint,
    COGNITO_ISSUER: place.issuer,
    COGNITO_JWKS_URI: place.jwksUri,
    COGNITO_AUTH_FLOW: "ADMIN_USER_PASSWORD_AUTH",
    COGNITO_REFRESH_FLOW: "REFRESH_TOKEN_AUTH",
    AWS_ACCESS_KEY_ID: awsCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: awsCredentials.secretAccessKey,
  };
}

/** A pool of the strict server, one of its app clients, and the address below which the server names its pools. */
export interface StrictPlace {
  readonly endpoint: string;
  readonly poolId: string;
  readonly client: { readonly id: string; readonly secret?: string | undefined };
  readonly issuerBase: string;
}

/** The settings that point Portico at a pool of the strict server. */
export function strictEnvironment({
  endpoint,
  poolId,
  client: { id: clientId, secret: clientSecret = "" },
  issuerBase,
}: StrictPlace): Record<string, string> {
  const issuer = `${issuerBase}/${poolId}`;
  const jwksUri = `${endpoint}/${poolId}/.well-known/jwks.json`;
  return cognitoEnvironment({ poolId, clientId, clientSecret, endpoint, issuer, jwksUri });
}

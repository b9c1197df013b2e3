/** A running cognito-local, in a process or in a container. */
export interface CognitoLocal {
  /** Where it answers, with no slash at the end. */
  readonly endpoint: string;
  /** The `iss` of a pool's tokens: not the endpoint, because a container cannot know its own. */
  issuerOf(poolId: string): string;
  /** Where a pool's keys are. cognito-local's discovery document names another port, so do not discover. */
  jwksUriOf(poolId: string): string;
  /** Stops it and removes what it has written. */
  stop(): Promise<void>;
}

/** Every code that cognito-local sends, sign-up, reset and verification alike. */
export const cognitoLocalCode = "424242";

const issuerDomain = "https://cognito-local.test";

/** `.cognito/config.json`. Without the first line every pool takes e-mail addresses for user names. */
export const cognitoLocalConfig = JSON.stringify({
  UserPoolDefaults: { UsernameAttributes: [] },
  TokenConfig: { IssuerDomain: issuerDomain },
});

export function cognitoLocalAt(endpoint: string, stop: () => Promise<void>): CognitoLocal {
  return {
    endpoint,
    issuerOf: (poolId) => `${issuerDomain}/${poolId}`,
    jwksUriOf: (poolId) => `${endpoint}/${poolId}/.well-known/jwks.json`,
    stop,
  };
}

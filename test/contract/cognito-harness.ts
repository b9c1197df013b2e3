import {
  type CognitoIdentityProviderOptions,
  createCognitoIdentityProvider,
} from "../../src/adapters/cognito/index.ts";
import { createJwtVerifier, createRemoteKeySet } from "../../src/adapters/jwt/index.ts";
import type { IdentityProviderHarness } from "../../src/testing/index.ts";
import { startCognitoGuard } from "../support/cognito-guard.ts";
import { type CognitoLocal, cognitoLocalCode } from "../support/cognito-local.ts";
import { awsCredentials, cognitoRegion, createCognitoPool } from "../support/cognito-pool.ts";
import { newEmailUser } from "./new-email-user.ts";
import { publishedKeys } from "./published-keys.ts";

/**
 * Starts the Cognito adapter on a new pool of cognito-local, through a guard that refuses a wrong secret hash as
 * Cognito would. cognito-local refreshes by REFRESH_TOKEN_AUTH only.
 */
export async function startCognitoHarness(
  start: () => Promise<CognitoLocal>,
  authFlow: NonNullable<CognitoIdentityProviderOptions["authFlow"]>,
): Promise<IdentityProviderHarness> {
  const server = await start();
  const { poolId, clientId, clientSecret } = await createCognitoPool(server.endpoint);
  const guard = await startCognitoGuard({ upstream: server.endpoint, clientId, clientSecret });
  const issuer = server.issuerOf(poolId);
  const uri = server.jwksUriOf(poolId);
  const keys = createRemoteKeySet({ uri });
  const terms = { issuer, clientIds: [clientId] };
  return {
    identity: createCognitoIdentityProvider({
      endpoint: guard.endpoint,
      region: cognitoRegion,
      credentials: awsCredentials,
      userPoolId: poolId,
      clientId,
      clientSecret,
      authFlow,
      features: [],
      refreshFlow: "REFRESH_TOKEN_AUTH",
      // Under fifty calls at once on a busy machine the emulator takes its time.
      timeoutMs: 20_000,
    }),
    tokens: createJwtVerifier({ ...terms, keys }),
    keys,
    controls: { publishedKeys: publishedKeys(terms, uri) },
    newUser: newEmailUser,
    codeFor: async () => cognitoLocalCode,
    async close() {
      await guard.stop();
      await server.stop();
      // In a case that is a gap it would go unnoticed.
      const unproven = guard.requests.filter(({ passed }) => !passed);
      if (unproven.length > 0) throw new Error(`wrong secret: ${JSON.stringify(unproven)}`);
    },
  };
}

import { forClient } from "../../../adapters/memory/engine.ts";
import { type Directory, poolOf, type Tenant, type UserPool } from "../directory/directory.ts";
import type { AppClient } from "../pool/app-client.ts";
import { withTriggers } from "../triggers/engine-triggers.ts";
import { type TokenOccasion, withTokenTrigger } from "../triggers/token-trigger.ts";
import { resourceNotFound } from "../wire/cognito-exception.ts";

/**
 * Gives an app client, and what goes with it.
 *
 * @param poolId - the pool that it has to be of
 * @param occasion - the reason for which tokens would be issued
 * @throws {CognitoException} `ResourceNotFound` — there is no such client, or none of that pool
 */
export function tenantOf(
  directory: Directory,
  clientId: string,
  poolId?: string,
  occasion?: TokenOccasion,
): Tenant {
  const client = directory.clients.get(clientId);
  if (!client || (poolId !== undefined && client.poolId !== poolId))
    throw resourceNotFound(`User pool client ${clientId} does not exist.`);
  return tenantFor(directory, poolOf(directory, client.poolId), client, occasion);
}

/** Makes the tenant of a client of a pool. */
export function tenantFor(
  directory: Directory,
  pool: UserPool,
  client: AppClient,
  occasion: TokenOccasion = "Authentication",
): Tenant {
  const engineClient = pool.engine.clients.get(client.id);
  if (!engineClient) throw resourceNotFound(`User pool client ${client.id} does not exist.`);
  const amending = withTokenTrigger(directory, pool, client, { client: engineClient, occasion });
  const engine = withTriggers(directory, pool, forClient(pool.engine, amending));
  return { pool, client, engine };
}

import type { Directory, Tenant } from "../directory/directory.ts";
import { required } from "../wire/constraints.ts";
import { clientId, secretHash, username } from "../wire/members.ts";
import { forTriggers, userContext } from "../wire/request-context.ts";
import { checkSecretHash } from "./client-proof.ts";
import { tenantOf } from "./tenants.ts";

/** Members of operations that name a client, a user, and prove that the client sends that. */
export const namedUser = {
  ClientId: required(clientId),
  Username: required(username),
  SecretHash: secretHash,
  ...userContext,
  ...forTriggers,
};

/**
 * Gives the tenant of a user whom a client names.
 *
 * @throws {CognitoException} `ResourceNotFound` `NotAuthorized` — there is no such client, or its secret hash is wrong
 */
export async function tenantOfNamed(
  directory: Directory,
  input: { readonly ClientId: string; readonly Username: string; readonly SecretHash?: string },
): Promise<Tenant> {
  const tenant = tenantOf(directory, input.ClientId);
  await checkSecretHash(tenant.client, input.Username, input.SecretHash);
  return tenant;
}

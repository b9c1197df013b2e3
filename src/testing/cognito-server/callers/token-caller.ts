import { inCognitosWords } from "../answers/wording.ts";
import { type Directory, poolOfToken, type Tenant } from "../directory/directory.ts";
import { notAuthorized } from "../wire/cognito-exception.ts";
import { tenantOf } from "./tenants.ts";

const scope = "aws.cognito.signin.user.admin";

/**
 * Gives the tenant of an access token, once it was verified. That its session lives and its user is there is for what
 * is then done to find out, in one step with doing it.
 *
 * @throws {CognitoException} `NotAuthorized` — the token is none of ours, was altered, has expired or lacks the scope
 */
export async function tenantOfToken(directory: Directory, accessToken: string): Promise<Tenant> {
  const pool = poolOfToken(directory, accessToken);
  const principal = await inCognitosWords(() => pool.engine.clients.verifier.verify(accessToken));
  if (!principal.scopes.includes(scope))
    throw notAuthorized("Access Token does not have required scopes");
  return tenantOf(directory, principal.clientId, pool.id);
}

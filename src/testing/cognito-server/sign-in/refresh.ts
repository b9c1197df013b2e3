import { createSessions } from "../../../adapters/memory/sign-in/sessions.ts";
import { authenticationResult } from "../answers/sign-in-answer.ts";
import { inCognitosWords } from "../answers/wording.ts";
import { checkSecretHash } from "../callers/client-proof.ts";
import { tracksDevices } from "../devices/devices.ts";
import type { Tenant } from "../directory/directory.ts";
import { invalidParameter, notAuthorized } from "../wire/cognito-exception.ts";

/**
 * Refreshes by `REFRESH_TOKEN_AUTH`. No user name is sent, and the secret hash is over the one that the refresh token's
 * user has: in pools where e-mail addresses stand for user names, the subject.
 *
 * @param requireAllowed - throws where the client does not allow the flow
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
export async function refreshByFlow(
  tenant: Tenant,
  {
    REFRESH_TOKEN: refreshToken,
    SECRET_HASH: hash,
    DEVICE_KEY: deviceKey,
  }: Readonly<Record<string, string>>,
  requireAllowed: () => void,
): Promise<object> {
  if (!refreshToken) throw invalidParameter("Missing required parameter REFRESH_TOKEN");
  await checkRefreshHash(tenant, refreshToken, hash);
  requireAllowed();
  return { ChallengeParameters: {}, ...(await refresh(tenant, refreshToken, deviceKey)) };
}

/**
 * Trades a refresh token for new tokens.
 *
 * @param deviceKey - the device that was signed in from: where the pool tells devices apart, it takes the same
 */
export async function refresh(
  { pool, engine }: Tenant,
  refreshToken: string,
  deviceKey: string | undefined,
): Promise<object> {
  if (tracksDevices(pool)) {
    const token = await engine.sessions.find(refreshToken);
    const begun = token && engine.sessions.get(token.sessionId);
    if (begun && (begun.deviceKey === undefined || begun.deviceKey !== deviceKey))
      throw notAuthorized("Invalid Refresh Token");
  }
  const tokens = await inCognitosWords(() => createSessions(engine).refresh({ refreshToken }));
  return { AuthenticationResult: authenticationResult(tokens) };
}

async function checkRefreshHash(
  { client, engine }: Tenant,
  refreshToken: string,
  hash: string | undefined,
): Promise<void> {
  // Whether one is there at all needs no user.
  if (hash === undefined || client.secrets.length === 0) return checkSecretHash(client, "", hash);
  const token = await engine.sessions.find(refreshToken);
  const user = token && engine.users.get(token.subject);
  if (!user || token.clientId !== client.id) throw notAuthorized("Invalid Refresh Token");
  try {
    await checkSecretHash(client, user.username, hash);
  } catch (cause) {
    throw notAuthorized(`SecretHash does not match for the client: ${client.id}`, { cause });
  }
}

import { reasonOf } from "../../../adapters/memory/errors.ts";
import { createSessions } from "../../../adapters/memory/sign-in/sessions.ts";
import { inCognitosWords, say } from "../answers/wording.ts";
import { tenantFor } from "../callers/tenants.ts";
import { onDevice } from "../devices/devices.ts";
import { type Directory, poolOf, randomName, type Tenant } from "../directory/directory.ts";
import { notAuthorized } from "../wire/cognito-exception.ts";

/** Makes a secret for an authenticator app inside of a sign-in. */
export async function startSetup(directory: Directory, session: string): Promise<object> {
  const { engine } = await tenantOfSession(directory, session);
  const step = { method: "totp" } as const;
  const result = await inCognitosWords(() =>
    createSessions(engine).answerChallenge({ session, answer: { type: "mfa_setup", step } }),
  );
  if (result.status !== "challenge" || result.challenge.type !== "mfa_setup")
    throw notAuthorized("Invalid session for the user.");
  return { SecretCode: result.challenge.totp?.secret, Session: result.challenge.session };
}

/** Takes a code of the app. To the engine that ends the sign-in, and to Cognito there is one more step. */
export async function verifySetup(
  directory: Directory,
  session: string,
  step: { readonly code: string; readonly deviceName?: string },
): Promise<object> {
  const tenant = await tenantOfSession(directory, session);
  const { challenges, client: engineClient } = tenant.engine;
  const { username } = challenges.get(await challenges.idOf(session), engineClient);
  const { client, engine, device } = onDevice(directory, tenant, username, undefined);
  const result = await inCognitosWords(
    () => createSessions(engine).answerChallenge({ session, answer: { type: "mfa_setup", step } }),
    { code_mismatch: say("EnableSoftwareTokenMFA", "Code mismatch") },
  );
  const next = randomName(directory, 64);
  const expiresAt = directory.settings.clock.now() + engine.client.challengeSeconds * 1000;
  const finished = { clientId: client.id, username, result, device };
  directory.signIns.withSetup.set(next, finished, { expiresAt, isExpendable: true });
  return { Status: "SUCCESS", Session: next };
}

/**
 * Finds whose a session is: of the operations on authenticator apps, none names a client.
 *
 * @throws {CognitoException} `NotAuthorized` — it is nobody's, was used or has expired
 */
async function tenantOfSession(directory: Directory, session: string): Promise<Tenant> {
  let refusal: unknown = notAuthorized("Invalid session for the user.");
  for (const client of directory.clients.values()) {
    const tenant = tenantFor(directory, poolOf(directory, client.poolId), client);
    const { challenges, client: engineClient } = tenant.engine;
    try {
      challenges.get(await challenges.idOf(session), engineClient, "mfa_setup");
      return tenant;
    } catch (error) {
      // Where it is another client's session, the next one may know it.
      if (reasonOf(error) !== "session_unknown") refusal = error;
    }
  }
  return inCognitosWords(async () => {
    throw refusal;
  });
}

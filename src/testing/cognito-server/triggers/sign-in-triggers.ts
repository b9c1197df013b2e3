import { signInAnswer } from "../answers/sign-in-answer.ts";
import type { Device } from "../directory/device.ts";
import { claimsOf, type Directory, type Tenant } from "../directory/directory.ts";
import type { SignedIn } from "../directory/unfinished-sign-ins.ts";
import { callTrigger, triggerAttributes } from "./triggers.ts";

/**
 * Asks the trigger before a sign-in: also about a user who is unknown, where that is hidden.
 *
 * @throws {CognitoException} `UserLambdaValidation` `InvalidLambdaResponse` — as {@link callTrigger}
 */
export async function admitSignIn(
  directory: Directory,
  { client, engine, pool }: Tenant,
  username: string,
  clientMetadata: Readonly<Record<string, string>> | undefined,
): Promise<void> {
  const user = engine.users.find(username);
  const isHidden = client.configuration.PreventUserExistenceErrors === "ENABLED";
  if (!user && !isHidden) return;
  await callTrigger(directory, pool, {
    trigger: "PreAuthentication",
    occasion: "Authentication",
    clientId: client.id,
    userName: user?.username ?? username,
    request: {
      userAttributes: user ? triggerAttributes(user) : {},
      validationData: clientMetadata ?? null,
      ...(isHidden && { userNotFound: user === undefined }),
    },
  });
}

/**
 * Hands tokens out, once the trigger after a sign-in has nothing against it.
 *
 * @throws {CognitoException} `UserLambdaValidation` `InvalidLambdaResponse` — as {@link callTrigger}: the session is over
 */
export async function releaseTokens(
  directory: Directory,
  tenant: Tenant,
  result: SignedIn,
  newDevice?: Device,
): Promise<object> {
  const { client, engine, pool } = tenant;
  const user = engine.users.get(String(claimsOf(result.tokens.accessToken).sub));
  try {
    if (user)
      await callTrigger(directory, pool, {
        trigger: "PostAuthentication",
        occasion: "Authentication",
        clientId: client.id,
        userName: user.username,
        request: {
          userAttributes: triggerAttributes(user),
          newDeviceUsed: newDevice !== undefined,
        },
      });
  } catch (error) {
    await endSession(tenant, result);
    throw error;
  }
  return signInAnswer(engine, result, newDevice);
}

/** Tokens that were made before it was known that nobody may have them are worth nothing. */
export async function endSession({ engine }: Tenant, { tokens }: SignedIn): Promise<void> {
  const { origin_jti: session, event_id: event } = claimsOf(tokens.accessToken);
  await engine.sessions.end(String(session ?? event));
}

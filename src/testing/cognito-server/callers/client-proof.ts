import { isSameText } from "../../../adapters/shared/constant-time.ts";
import type { AppClient } from "../pool/app-client.ts";
import { notAuthorized } from "../wire/cognito-exception.ts";

/**
 * Checks the secret hash of a request for an app client: a client with a secret must send the right one, one without
 * must send none.
 *
 * @param username - what it must be over: the user name as sent
 * @throws {CognitoException} `NotAuthorized`
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
export async function checkSecretHash(
  client: AppClient,
  username: string,
  hash: string | undefined,
): Promise<void> {
  const { id, secrets } = client;
  if (hash === undefined && secrets.length > 0)
    throw notAuthorized(`Client ${id} is configured with secret but SECRET_HASH was not received`);
  if (hash === undefined) return;
  const expected = await Promise.all(secrets.map(({ value }) => secretHash(username + id, value)));
  if (!expected.some((one) => isSameText(one, hash)))
    throw notAuthorized(`Unable to verify secret hash for client ${id}`);
}

/**
 * Checks the secret itself, for the operations that take that.
 *
 * @throws {CognitoException} `NotAuthorized`
 */
export function checkSecret({ id, secrets }: AppClient, secret: string | undefined): void {
  if (secret === undefined && secrets.length > 0)
    throw notAuthorized(`Client ${id} is configured for secret but secret was not received`);
  if (secret !== undefined && !secrets.some(({ value }) => isSameText(value, secret)))
    throw notAuthorized(`Unable to verify secret for client ${id}`);
}

async function secretHash(message: string, secret: string): Promise<string> {
  const utf8 = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", utf8.encode(secret), algorithm, false, ["sign"]);
  const mac = await crypto.subtle.sign("HMAC", key, utf8.encode(message));
  return btoa(String.fromCharCode(...new Uint8Array(mac)));
}

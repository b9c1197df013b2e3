import { type AppClient, type ClientSecret, engineClientOf, flowsOf } from "../pool/app-client.ts";
import { CognitoException, resourceNotFound } from "../wire/cognito-exception.ts";
import { type Directory, poolOf, randomName } from "./directory.ts";

/** Cognito's quota, per pool. */
const maxClients = 1000;

/** @throws {CognitoException} `ResourceNotFound` — there is no such pool, or no such client of it */
export function clientOf(
  directory: Directory,
  { UserPoolId, ClientId }: { readonly UserPoolId: string; readonly ClientId: string },
): AppClient {
  const { id } = poolOf(directory, UserPoolId);
  const client = directory.clients.get(ClientId);
  if (client?.poolId === id) return client;
  throw resourceNotFound(`User pool client ${ClientId} does not exist.`);
}

/**
 * Keeps a client, here and in its pool's engine.
 *
 * @throws {CognitoException} `InvalidParameter` — as {@link flowsOf} and {@link engineClientOf}
 * @throws {CognitoException} `LimitExceeded` — the pool has too many already
 */
export function putClient(directory: Directory, client: Omit<AppClient, "flows">): AppClient {
  const { clients } = directory;
  const ofPool = [...clients.values()].filter(({ poolId }) => poolId === client.poolId);
  if (!clients.has(client.id) && ofPool.length >= maxClients)
    throw new CognitoException("LimitExceeded", "The pool has as many app clients as it can.");
  const flows = flowsOf(client.configuration);
  const { engine } = poolOf(directory, client.poolId);
  engine.clients.put(engineClientOf(client.id, client.configuration));
  const stored = { ...client, flows };
  clients.set(client.id, stored);
  return stored;
}

/**
 * Makes a secret for a client.
 *
 * @param value - one of the caller's own
 */
export function newSecret(
  directory: Directory,
  { id: clientId, secrets = [] }: Pick<AppClient, "id"> & Partial<Pick<AppClient, "secrets">>,
  value = randomName(directory, 51, "abcdefghijklmnopqrstuvwxyz0123456789"),
): ClientSecret {
  const createdAt = directory.settings.clock.now();
  // The form that the API documents. A clock that stands still must not make two alike.
  let time = createdAt;
  while (secrets.some(({ id }) => id === `${clientId}--${time}`)) time += 1;
  return { id: `${clientId}--${time}`, value, createdAt };
}

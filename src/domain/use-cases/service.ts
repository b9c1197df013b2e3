import type { JsonWebKeySet, Ports } from "../../ports/index.ts";

/**
 * Gives the public keys that access tokens verify against.
 *
 * @throws {IdentityError} `keys_unavailable` — they cannot be had now
 */
export async function publishedKeys(ports: Pick<Ports, "keys">): Promise<JsonWebKeySet> {
  return ports.keys.current();
}

/**
 * Ends well when the service can tell good tokens from bad, which is what it must be able to do before it is sent
 * requests. Asks nothing of the provider beyond its keys, so a provider that is down takes no instance out of service.
 *
 * @throws {IdentityError} `keys_unavailable` — not ready
 */
export async function checkReadiness(ports: Pick<Ports, "keys">): Promise<void> {
  await ports.keys.current();
}

import type { JsonWebKeySet, Ports } from "../../ports/index.ts";

/**
 * Gives the public keys that access tokens verify against.
 *
 * @throws {IdentityError} `keys_unavailable` — they cannot be had now
 */
export async function publishedKeys(ports: Pick<Ports, "keys">): Promise<JsonWebKeySet> {
  return ports.keys.current();
}

/** Something that readiness depends on and that is gone, and what was thrown. */
export interface MissingPart {
  readonly name: string;
  readonly cause: unknown;
}

/** The name of the keys among what readiness depends on. */
export const signingKeys = "signing_keys";

/**
 * Finds what is gone of all that the service must have before it is sent requests: the keys, by which it tells good tokens
 * from bad, and whatever it was given to check. Asks nothing of a provider beyond its keys, unless that is in this process,
 * so a provider that is down takes no instance out of service.
 */
export async function findMissingParts(
  ports: Pick<Ports, "keys" | "readiness">,
): Promise<readonly MissingPart[]> {
  const keys = { name: signingKeys, check: () => ports.keys.current() };
  const parts = [keys, ...(ports.readiness ?? [])];
  const outcomes = await Promise.allSettled(parts.map(async (part) => part.check()));
  return outcomes.flatMap((outcome, index) =>
    outcome.status === "rejected"
      ? [{ name: parts[index]?.name ?? signingKeys, cause: outcome.reason }]
      : [],
  );
}

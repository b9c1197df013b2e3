import { createJwtVerifier, createRevocationCheck } from "../../src/adapters/jwt/index.ts";
import {
  createMemoryIdentityProvider,
  createMemoryRevocationList,
  createSigningKeys,
  type MemoryIdentityProviderOptions,
} from "../../src/adapters/memory/index.ts";
import type { SecurityEvent } from "../../src/domain/security-event.ts";
import type { IdentityProvider, Ports } from "../../src/ports/index.ts";

/** To make them is most of what a provider costs that is there for one test. */
const signingKeys = createSigningKeys();

/** All ports of the core on the in-memory provider, and what they were told: the events, and the list of revocations. */
export function createMemoryPorts(options: MemoryIdentityProviderOptions = {}) {
  const events: SecurityEvent[] = [];
  const clock = options.clock ?? Date;
  const memory = createMemoryIdentityProvider({ hashIterations: 1, signingKeys, ...options });
  const { identity, keys, issuer, clientId } = memory;
  const list = createMemoryRevocationList(clock);
  const revocations = createRevocationCheck({ list, clock });
  const { isRevoked } = revocations;
  const tokens = createJwtVerifier({ issuer, clientIds: [clientId], keys, clock, isRevoked });
  const ports: Ports = {
    identity,
    keys,
    tokens,
    clock,
    revocations: { ...revocations, issuer },
    events: { record: (event) => events.push(event) },
  };
  return { memory, ports, events, list };
}

/** Breaks one method of the provider. */
export function failing(method: keyof IdentityProvider, error: unknown) {
  return ({ identity }: Ports): Partial<Ports> => ({
    identity: {
      ...identity,
      [method]: () => Promise.reject(error),
    },
  });
}

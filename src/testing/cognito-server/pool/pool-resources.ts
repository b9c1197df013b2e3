import type { DomainConfiguration } from "../settings/domain-members.ts";
import type { IdentityProviderConfiguration } from "../settings/identity-provider-members.ts";
import type { ResourceServerConfiguration } from "../settings/resource-server-members.ts";

/** Resources that are kept beside a pool and given back: there are no hosted pages and no federation to use them. */
export interface PoolResources {
  /** By name. */
  readonly domains: Map<string, UserPoolDomain>;
  /** By identifier. */
  readonly resourceServers: Map<string, ResourceServerConfiguration>;
  /** By name. */
  readonly identityProviders: Map<string, IdentityProvider>;
}

/** The domain where the hosted pages of a pool would be. */
export interface UserPoolDomain {
  readonly configuration: DomainConfiguration;
  /** The distribution that the name would have to lead to. */
  readonly distribution: string;
}

/** Another identity provider that users of a pool would sign in at. */
export interface IdentityProvider {
  readonly configuration: IdentityProviderConfiguration;
  /** In milliseconds since the epoch. */
  readonly createdAt: number;
  /** In milliseconds since the epoch. */
  readonly updatedAt: number;
}

/** Makes the resources of a new pool: none. */
export function noResources(): PoolResources {
  return { domains: new Map(), resourceServers: new Map(), identityProviders: new Map() };
}

/** Remembers the resources of a pool, and gives what brings them back. */
export function saveResources(resources: PoolResources): () => void {
  const restores = [
    saveMap(resources.domains),
    saveMap(resources.resourceServers),
    saveMap(resources.identityProviders),
  ];
  return () => {
    for (const restore of restores) restore();
  };
}

function saveMap<Value>(kept: Map<string, Value>): () => void {
  const saved = new Map(kept);
  return () => {
    kept.clear();
    for (const [name, value] of saved) kept.set(name, value);
  };
}

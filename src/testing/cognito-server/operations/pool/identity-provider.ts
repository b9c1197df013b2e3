import { poolOf, type UserPool } from "../../directory/directory.ts";
import { checkProvider } from "../../pool/identity-provider-rules.ts";
import type { IdentityProvider } from "../../pool/pool-resources.ts";
import {
  mutableProviderMembers,
  providerIdentifier,
  providerMembers,
  providerName,
} from "../../settings/identity-provider-members.ts";
import { CognitoException, resourceNotFound } from "../../wire/cognito-exception.ts";
import { integer, required } from "../../wire/constraints.ts";
import { paginationToken, poolId } from "../../wire/members.ts";
import { pageOf } from "../../wire/pages.ts";
import { seconds } from "../../wire/times.ts";
import { signedOperation } from "../operation.ts";

const ofPool = { UserPoolId: required(poolId) };
const ofProvider = { ...ofPool, ProviderName: providerName };

/** The operations on other identity providers, which are kept: nobody signs in at one. */
export const identityProviderOperations = {
  CreateIdentityProvider: signedOperation(
    { ...ofPool, ...providerMembers },
    (directory, { UserPoolId, ...configuration }) => {
      const pool = poolOf(directory, UserPoolId);
      const { ProviderName: name } = configuration;
      if (pool.resources.identityProviders.has(name))
        throw new CognitoException(
          "DuplicateProvider",
          `A provider with the name ${name} already exists in the user pool ${UserPoolId}.`,
        );
      const now = directory.settings.clock.now();
      return put(pool, { configuration, createdAt: now, updatedAt: now });
    },
  ),

  DescribeIdentityProvider: signedOperation(
    ofProvider,
    (directory, { UserPoolId, ProviderName }) => {
      const pool = poolOf(directory, UserPoolId);
      return { IdentityProvider: describeProvider(pool, requireProvider(pool, ProviderName)) };
    },
  ),

  GetIdentityProviderByIdentifier: signedOperation(
    { ...ofPool, IdpIdentifier: required(providerIdentifier) },
    (directory, { UserPoolId, IdpIdentifier: identifier }) => {
      const pool = poolOf(directory, UserPoolId);
      const provider = [...pool.resources.identityProviders.values()].find(({ configuration }) =>
        configuration.IdpIdentifiers?.includes(identifier),
      );
      if (!provider) throw resourceNotFound(`Identity provider ${identifier} does not exist.`);
      return { IdentityProvider: describeProvider(pool, provider) };
    },
  ),

  ListIdentityProviders: signedOperation(
    { ...ofPool, MaxResults: integer(0, 60), NextToken: paginationToken },
    (directory, { UserPoolId, MaxResults, NextToken }) => {
      const { identityProviders } = poolOf(directory, UserPoolId).resources;
      const { items, next } = pageOf([...identityProviders.values()], MaxResults || 60, NextToken);
      const Providers = items.map(({ configuration, createdAt, updatedAt }) => ({
        ProviderName: configuration.ProviderName,
        ProviderType: configuration.ProviderType,
        CreationDate: seconds(createdAt),
        LastModifiedDate: seconds(updatedAt),
      }));
      return { Providers, ...(next && { NextToken: next }) };
    },
  ),

  // A member that is not sent stays.
  UpdateIdentityProvider: signedOperation(
    { ...ofProvider, ...mutableProviderMembers },
    (directory, { UserPoolId, ProviderName, ...changes }) => {
      const pool = poolOf(directory, UserPoolId);
      const provider = requireProvider(pool, ProviderName);
      const updatedAt = directory.settings.clock.now();
      const configuration = { ...provider.configuration, ...changes };
      return put(pool, { ...provider, configuration, updatedAt });
    },
  ),

  DeleteIdentityProvider: signedOperation(ofProvider, (directory, { UserPoolId, ProviderName }) => {
    const pool = poolOf(directory, UserPoolId);
    requireProvider(pool, ProviderName);
    pool.resources.identityProviders.delete(ProviderName);
    return {};
  }),
};

function requireProvider({ resources }: UserPool, name: string): IdentityProvider {
  const provider = resources.identityProviders.get(name);
  if (!provider) throw resourceNotFound(`Identity provider ${name} does not exist.`);
  return provider;
}

function put(pool: UserPool, provider: IdentityProvider): object {
  checkProvider(provider.configuration);
  pool.resources.identityProviders.set(provider.configuration.ProviderName, provider);
  return { IdentityProvider: describeProvider(pool, provider) };
}

function describeProvider(
  { id }: UserPool,
  { configuration, createdAt, updatedAt }: IdentityProvider,
): object {
  return {
    AttributeMapping: {},
    IdpIdentifiers: [],
    ...configuration,
    UserPoolId: id,
    CreationDate: seconds(createdAt),
    LastModifiedDate: seconds(updatedAt),
  };
}

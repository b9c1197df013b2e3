import { invalidParameter } from "../cognito-exception.ts";
import { integer, required } from "../constraints.ts";
import { poolOf } from "../directory.ts";
import { paginationToken, poolId } from "../members.ts";
import { signedOperation } from "../operation.ts";
import { pageOf } from "../pages.ts";
import { changePool, createPool } from "../pool-changes.ts";
import { poolMfaMembers } from "../settings/mfa-members.ts";
import { describeMfa, describePool } from "../settings/pool-description.ts";
import { changedMfa } from "../settings/pool-mfa.ts";
import { extendedSchema } from "../settings/pool-schema.ts";
import { customAttributes, mutablePoolMembers, poolMembers, poolName } from "../user-pool.ts";

const ofPool = { UserPoolId: required(poolId) };

/** The operations on user pools. */
export const poolOperations = {
  CreateUserPool: signedOperation(poolMembers, (directory, configuration) => ({
    UserPool: describePool(createPool(directory, configuration)),
  })),

  DescribeUserPool: signedOperation(ofPool, (directory, { UserPoolId }) => ({
    UserPool: describePool(poolOf(directory, UserPoolId)),
  })),

  ListUserPools: signedOperation(
    { MaxResults: required(integer(1, 60)), NextToken: paginationToken },
    ({ pools }, { MaxResults, NextToken }) => {
      const { items, next } = pageOf([...pools.values()], MaxResults, NextToken);
      const summaries = items.map((pool) => {
        const { Id, Name, LambdaConfig, CreationDate, LastModifiedDate } = describePool(pool);
        return { Id, Name, LambdaConfig, CreationDate, LastModifiedDate };
      });
      return { UserPools: summaries, ...(next && { NextToken: next }) };
    },
  ),

  // What is not said goes back to its default, as at Cognito.
  UpdateUserPool: signedOperation(
    { ...ofPool, ...mutablePoolMembers, PoolName: poolName },
    (directory, { UserPoolId, ...changes }) => {
      const pool = poolOf(directory, UserPoolId);
      const { UsernameAttributes, AliasAttributes, UsernameConfiguration, Schema } =
        pool.configuration;
      const { PoolName = pool.configuration.PoolName } = changes;
      const fixed = { UsernameAttributes, AliasAttributes, UsernameConfiguration, Schema };
      const kept = Object.entries(fixed).filter(([, value]) => value !== undefined);
      const { MfaConfiguration: configuration = pool.mfa.configuration } = changes;
      changePool(directory, pool, {
        configuration: { ...Object.fromEntries(kept), ...changes, PoolName },
        mfa: { ...pool.mfa, configuration },
      });
      return {};
    },
  ),

  DeleteUserPool: signedOperation(ofPool, (directory, { UserPoolId }) => {
    const { configuration, resources } = poolOf(directory, UserPoolId);
    if (configuration.DeletionProtection === "ACTIVE")
      throw invalidParameter(
        "The user pool cannot be deleted because deletion protection is activated.",
      );
    if (resources.domains.size > 0)
      throw invalidParameter(
        "User pool cannot be deleted. It has a domain configured that should be deleted first.",
      );
    for (const client of directory.clients.values())
      if (client.poolId === UserPoolId) directory.clients.delete(client.id);
    directory.pools.delete(UserPoolId);
    return {};
  }),

  AddCustomAttributes: signedOperation(
    { ...ofPool, CustomAttributes: required(customAttributes) },
    (directory, { UserPoolId, CustomAttributes }) => {
      const pool = poolOf(directory, UserPoolId);
      const Schema = extendedSchema(pool.configuration.Schema ?? [], CustomAttributes);
      changePool(directory, pool, { configuration: { ...pool.configuration, Schema } });
      return {};
    },
  ),

  SetUserPoolMfaConfig: signedOperation({ ...ofPool, ...poolMfaMembers }, (directory, input) => {
    const pool = poolOf(directory, input.UserPoolId);
    return describeMfa(changePool(directory, pool, changedMfa(pool, input)));
  }),

  GetUserPoolMfaConfig: signedOperation(ofPool, (directory, { UserPoolId }) =>
    describeMfa(poolOf(directory, UserPoolId)),
  ),
};

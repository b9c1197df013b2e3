import { describeMfa, describePool } from "../../answers/pool-description.ts";
import { poolOf } from "../../directory/directory.ts";
import { changePool, createPool } from "../../directory/pool-changes.ts";
import { changedMfa } from "../../directory/pool-mfa.ts";
import { mutablePoolMembers, poolMembers, poolName } from "../../pool/pool-configuration.ts";
import { poolMfaMembers } from "../../settings/mfa-members.ts";
import { invalidParameter } from "../../wire/cognito-exception.ts";
import { integer, required } from "../../wire/constraints.ts";
import { paginationToken, poolId } from "../../wire/members.ts";
import { pageOf } from "../../wire/pages.ts";
import { signedOperation } from "../operation.ts";

const ofPool = { UserPoolId: required(poolId) };

/** The operations on user pools. */
export const userPoolOperations = {
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

  // A member that is not said goes back to its default, as at Cognito.
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

  SetUserPoolMfaConfig: signedOperation({ ...ofPool, ...poolMfaMembers }, (directory, input) => {
    const pool = poolOf(directory, input.UserPoolId);
    return describeMfa(changePool(directory, pool, changedMfa(pool, input)));
  }),

  GetUserPoolMfaConfig: signedOperation(ofPool, (directory, { UserPoolId }) =>
    describeMfa(poolOf(directory, UserPoolId)),
  ),
};

import { poolOf, type UserPool } from "../../directory/directory.ts";
import {
  type ResourceServerConfiguration,
  resourceServerIdentifier,
  resourceServerMembers,
} from "../../settings/resource-server-members.ts";
import { invalidParameter, resourceNotFound } from "../../wire/cognito-exception.ts";
import { integer, required } from "../../wire/constraints.ts";
import { paginationToken, poolId } from "../../wire/members.ts";
import { pageOf } from "../../wire/pages.ts";
import { signedOperation } from "../operation.ts";

const ofPool = { UserPoolId: required(poolId) };
const ofServer = { ...ofPool, Identifier: resourceServerIdentifier };

/** The operations on APIs with scopes of their own: the scopes that an app client can be given. */
export const resourceServerOperations = {
  CreateResourceServer: signedOperation(
    { ...ofPool, ...resourceServerMembers },
    (directory, { UserPoolId, ...configuration }) => {
      const pool = poolOf(directory, UserPoolId);
      const { Identifier } = configuration;
      if (pool.resources.resourceServers.has(Identifier))
        throw invalidParameter(`${Identifier} already exists in user pool ${UserPoolId}.`);
      return put(pool, configuration);
    },
  ),

  DescribeResourceServer: signedOperation(ofServer, (directory, { UserPoolId, Identifier }) => {
    const pool = poolOf(directory, UserPoolId);
    return { ResourceServer: describeServer(pool, requireServer(pool, Identifier)) };
  }),

  ListResourceServers: signedOperation(
    { ...ofPool, MaxResults: integer(1, 50), NextToken: paginationToken },
    (directory, { UserPoolId, MaxResults = 50, NextToken }) => {
      const pool = poolOf(directory, UserPoolId);
      const servers = [...pool.resources.resourceServers.values()];
      const { items, next } = pageOf(servers, MaxResults, NextToken);
      return {
        ResourceServers: items.map((server) => describeServer(pool, server)),
        ...(next && { NextToken: next }),
      };
    },
  ),

  UpdateResourceServer: signedOperation(
    { ...ofPool, ...resourceServerMembers },
    (directory, { UserPoolId, ...configuration }) => {
      const pool = poolOf(directory, UserPoolId);
      requireServer(pool, configuration.Identifier);
      return put(pool, configuration);
    },
  ),

  DeleteResourceServer: signedOperation(ofServer, (directory, { UserPoolId, Identifier }) => {
    const pool = poolOf(directory, UserPoolId);
    requireServer(pool, Identifier);
    pool.resources.resourceServers.delete(Identifier);
    return {};
  }),
};

function requireServer({ resources }: UserPool, identifier: string): ResourceServerConfiguration {
  const server = resources.resourceServers.get(identifier);
  if (!server) throw resourceNotFound(`Resource server ${identifier} does not exist.`);
  return server;
}

function put(pool: UserPool, server: ResourceServerConfiguration): object {
  pool.resources.resourceServers.set(server.Identifier, server);
  return { ResourceServer: describeServer(pool, server) };
}

function describeServer({ id }: UserPool, server: ResourceServerConfiguration): object {
  return { Scopes: [], ...server, UserPoolId: id };
}

import { clientOf, newSecret, putClient } from "../../directory/client-store.ts";
import { poolOf, randomName } from "../../directory/directory.ts";
import {
  type AppClient,
  type AppClientConfiguration,
  appClientMembers,
  appClientName,
} from "../../pool/app-client.ts";
import { flag, integer, required } from "../../wire/constraints.ts";
import { clientId, paginationToken, poolId } from "../../wire/members.ts";
import { pageOf } from "../../wire/pages.ts";
import { seconds } from "../../wire/times.ts";
import { signedOperation } from "../operation.ts";

const ofPool = { UserPoolId: required(poolId) };
const ofClient = { ...ofPool, ClientId: required(clientId) };

/** The operations on app clients. */
export const userPoolClientOperations = {
  CreateUserPoolClient: signedOperation(
    { ...ofPool, ClientName: appClientName, GenerateSecret: flag(), ...appClientMembers },
    (directory, { UserPoolId, ClientName, GenerateSecret, ...configuration }) => {
      const now = directory.settings.clock.now();
      const id = randomName(directory, 26, "abcdefghijklmnopqrstuvwxyz0123456789");
      const client = putClient(directory, {
        id,
        poolId: poolOf(directory, UserPoolId).id,
        name: ClientName,
        secrets: GenerateSecret ? [newSecret(directory, { id })] : [],
        configuration,
        createdAt: now,
        updatedAt: now,
      });
      return { UserPoolClient: describeClient(client) };
    },
  ),

  DescribeUserPoolClient: signedOperation(ofClient, (directory, input) => ({
    UserPoolClient: describeClient(clientOf(directory, input)),
  })),

  ListUserPoolClients: signedOperation(
    { ...ofPool, MaxResults: integer(1, 60), NextToken: paginationToken },
    (directory, { UserPoolId, MaxResults = 60, NextToken }) => {
      const { id } = poolOf(directory, UserPoolId);
      const clients = [...directory.clients.values()].filter((client) => client.poolId === id);
      const { items, next } = pageOf(clients, MaxResults, NextToken);
      return {
        UserPoolClients: items.map((client) => ({
          ClientId: client.id,
          ClientName: client.name,
          UserPoolId: client.poolId,
        })),
        ...(next && { NextToken: next }),
      };
    },
  ),

  // What is not said goes back to its default, as at Cognito.
  UpdateUserPoolClient: signedOperation(
    { ...ofClient, ...appClientMembers },
    (directory, { UserPoolId, ClientId, ...configuration }) => {
      const client = clientOf(directory, { UserPoolId, ClientId });
      const updatedAt = directory.settings.clock.now();
      const changed = putClient(directory, { ...client, configuration, updatedAt });
      return { UserPoolClient: describeClient(changed) };
    },
  ),

  DeleteUserPoolClient: signedOperation(ofClient, (directory, input) => {
    const { id, poolId: pool } = clientOf(directory, input);
    directory.clients.delete(id);
    poolOf(directory, pool).engine.clients.remove(id);
    return {};
  }),
};

function describeClient(client: AppClient): object {
  const { id, poolId: pool, name, secrets, configuration, createdAt, updatedAt } = client;
  return {
    ...defaults,
    ...configuration,
    UserPoolId: pool,
    ClientId: id,
    ClientName: name,
    ...(secrets[0] && { ClientSecret: secrets[0].value }),
    CreationDate: seconds(createdAt),
    LastModifiedDate: seconds(updatedAt),
    AllowedOAuthFlowsUserPoolClient: false,
  };
}

/** What holds where nothing was said. */
const defaults: AppClientConfiguration = {
  RefreshTokenValidity: 30,
  TokenValidityUnits: {},
  PreventUserExistenceErrors: "LEGACY",
  EnableTokenRevocation: true,
  AuthSessionValidity: 3,
};

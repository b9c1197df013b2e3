import { checkClientSettings } from "../../directory/client-rules.ts";
import { clientOf, newSecret, putClient } from "../../directory/client-store.ts";
import { poolOf, randomName } from "../../directory/directory.ts";
import {
  type AppClient,
  type AppClientConfiguration,
  appClientMembers,
  appClientName,
} from "../../pool/app-client.ts";
import { invalidParameter } from "../../wire/cognito-exception.ts";
import { choice, flag, integer, required } from "../../wire/constraints.ts";
import { clientId, clientSecret, paginationToken, poolId } from "../../wire/members.ts";
import { pageOf } from "../../wire/pages.ts";
import { seconds } from "../../wire/times.ts";
import { signedOperation } from "../operation.ts";

const ofPool = { UserPoolId: required(poolId) };
const ofClient = { ...ofPool, ClientId: required(clientId) };

/** The operations on app clients. */
export const userPoolClientOperations = {
  CreateUserPoolClient: signedOperation(
    {
      ...ofPool,
      ClientName: required(appClientName),
      GenerateSecret: flag(),
      ClientSecret: clientSecret,
      ...appClientMembers,
    },
    (directory, { UserPoolId, ClientName, GenerateSecret, ClientSecret, ...configuration }) => {
      if (GenerateSecret && ClientSecret !== undefined)
        throw invalidParameter("ClientSecret cannot be specified when GenerateSecret is true.");
      const now = directory.settings.clock.now();
      const id = randomName(directory, 26, "abcdefghijklmnopqrstuvwxyz0123456789");
      const pool = poolOf(directory, UserPoolId);
      const hasSecret = GenerateSecret || ClientSecret !== undefined;
      const made = {
        id,
        poolId: pool.id,
        name: ClientName,
        secrets: hasSecret ? [newSecret(directory, { id }, ClientSecret)] : [],
        configuration,
        createdAt: now,
        updatedAt: now,
      };
      checkClientSettings(pool, made, "creating");
      return { UserPoolClient: describeClient(putClient(directory, made)) };
    },
  ),

  DescribeUserPoolClient: signedOperation(ofClient, (directory, input) => ({
    UserPoolClient: describeClient(clientOf(directory, input)),
  })),

  ListUserPoolClients: signedOperation(
    {
      ...ofPool,
      MaxResults: integer(1, 60),
      NextToken: paginationToken,
      ClientType: choice("REGULAR", "DCR"),
    },
    (directory, { UserPoolId, MaxResults = 60, NextToken, ClientType = "REGULAR" }) => {
      const { id } = poolOf(directory, UserPoolId);
      // None registers itself: there is no endpoint for that.
      const clients = [...directory.clients.values()].filter(
        (client) => client.poolId === id && ClientType === "REGULAR",
      );
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

  // A member that is not said goes back to its default, as at Cognito.
  UpdateUserPoolClient: signedOperation(
    { ...ofClient, ClientName: appClientName, ...appClientMembers },
    (directory, { UserPoolId, ClientId, ClientName, ...configuration }) => {
      const client = clientOf(directory, { UserPoolId, ClientId });
      const updatedAt = directory.settings.clock.now();
      const name = ClientName ?? client.name;
      const changed = { ...client, name, configuration, updatedAt };
      checkClientSettings(poolOf(directory, UserPoolId), changed, "updating");
      return { UserPoolClient: describeClient(putClient(directory, changed)) };
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
  };
}

/** The members that hold where nothing was said. */
const defaults: AppClientConfiguration = {
  RefreshTokenValidity: 30,
  TokenValidityUnits: {},
  PreventUserExistenceErrors: "LEGACY",
  EnableTokenRevocation: true,
  AuthSessionValidity: 3,
  AllowedOAuthFlowsUserPoolClient: false,
  EnablePropagateAdditionalUserContextData: false,
};

import { clientOf, newSecret, putClient } from "../../directory/client-store.ts";
import type { AppClient, ClientSecret } from "../../pool/app-client.ts";
import {
  CognitoException,
  invalidParameter,
  resourceNotFound,
} from "../../wire/cognito-exception.ts";
import { required, text } from "../../wire/constraints.ts";
import { clientId, clientSecret, paginationToken, poolId } from "../../wire/members.ts";
import { pageOf } from "../../wire/pages.ts";
import { seconds } from "../../wire/times.ts";
import { signedOperation } from "../operation.ts";

const ofClient = { UserPoolId: required(poolId), ClientId: required(clientId) };

/** One that is good, and one that takes its place. */
const maxSecrets = 2;

/**
 * The operations that let a client go from one secret to the next with no moment at which neither is good.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AddUserPoolClientSecret.html
 */
export const userPoolClientSecretOperations = {
  AddUserPoolClientSecret: signedOperation(
    { ...ofClient, ClientSecret: clientSecret },
    (directory, { ClientSecret: value, ...named }) => {
      const client = clientOf(directory, named);
      requireConfidential(client);
      if (client.secrets.length >= maxSecrets)
        throw new CognitoException("LimitExceeded", "The client has as many secrets as it can.");
      const secret = newSecret(directory, client, value);
      if (client.secrets.some((one) => one.value === value))
        throw invalidParameter("The client has this secret already.");
      putClient(directory, { ...client, secrets: [...client.secrets, secret] });
      const isInvented = value === undefined;
      return {
        ClientSecretDescriptor: {
          ...describeSecret(secret),
          ...(isInvented && { ClientSecretValue: secret.value }),
        },
      };
    },
  ),

  ListUserPoolClientSecrets: signedOperation(
    { ...ofClient, NextToken: paginationToken },
    (directory, { NextToken, ...named }) => {
      const { items } = pageOf(clientOf(directory, named).secrets, maxSecrets, NextToken);
      return { ClientSecrets: items.map(describeSecret) };
    },
  ),

  // That the last one stays is the safer guess: without one, anyone could act as the client.
  DeleteUserPoolClientSecret: signedOperation(
    { ...ofClient, ClientSecretId: required(text({ min: 1, max: 256 })) },
    (directory, { ClientSecretId, ...named }) => {
      const client = clientOf(directory, named);
      const secrets = client.secrets.filter(({ id }) => id !== ClientSecretId);
      if (secrets.length === client.secrets.length)
        throw resourceNotFound(`Client secret ${ClientSecretId} does not exist.`);
      if (secrets.length === 0) throw invalidParameter("The last secret cannot be deleted.");
      putClient(directory, { ...client, secrets });
      return {};
    },
  ),
};

function requireConfidential({ id, secrets }: AppClient): void {
  if (secrets.length === 0) throw invalidParameter(`Client ${id} is not configured with a secret.`);
}

function describeSecret({ id, createdAt }: ClientSecret): object {
  return { ClientSecretId: id, ClientSecretCreateDate: seconds(createdAt) };
}

import { createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** The body of a request to the user pools API. */
export type CognitoRequest = Readonly<Record<string, unknown>>;

/** An app client as Cognito knows it; without a secret it is a public one. */
export interface KnownClient {
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
}

/** The user names that refresh tokens were issued under. */
export type IssuedTokens = ReadonlyMap<string, string>;

/** A `NotAuthorizedException`'s message, or nothing where the request proves that it knows the secret. */
export type SecretFault = string | undefined;

/** Operations that send `SecretHash` beside `Username`. */
const hashedOperations = new Set([
  "SignUp",
  "ConfirmSignUp",
  "ResendConfirmationCode",
  "ForgotPassword",
  "ConfirmForgotPassword",
]);

/** Operations that send `AuthParameters`. */
const authOperations = new Set(["InitiateAuth", "AdminInitiateAuth"]);

/** Operations that send `ChallengeResponses`. */
const challengeOperations = new Set(["RespondToAuthChallenge", "AdminRespondToAuthChallenge"]);

/** Operations that send the secret itself. */
const rawSecretOperations = new Set(["RevokeToken", "GetTokensFromRefreshToken"]);

/** Every operation in which an app client proves that it knows its secret. */
export const provingOperations: ReadonlySet<string> = new Set([
  ...hashedOperations,
  ...authOperations,
  ...challengeOperations,
  ...rawSecretOperations,
]);

/**
 * Checks, as Cognito does before it looks for a user, that a request proves to know the client's secret. The hash is
 * computed anew from the request, and for `REFRESH_TOKEN_AUTH`, which sends no user name, from the one that the token
 * was issued under; a token that was never issued passes, as whoever issues tokens will refuse it.
 */
export function checkSecret(
  operation: string,
  request: CognitoRequest,
  client: KnownClient,
  issued: IssuedTokens,
): SecretFault {
  if (rawSecretOperations.has(operation)) {
    return checkRawSecret(text(request.ClientSecret), client);
  }
  if (hashedOperations.has(operation)) {
    return checkHash(text(request.SecretHash), text(request.Username), client);
  }
  if (challengeOperations.has(operation)) {
    const responses = record(request.ChallengeResponses);
    return checkHash(text(responses.SECRET_HASH), text(responses.USERNAME), client);
  }
  if (!authOperations.has(operation)) return undefined;
  const parameters = record(request.AuthParameters);
  const hash = text(parameters.SECRET_HASH);
  if (request.AuthFlow !== "REFRESH_TOKEN_AUTH") {
    return checkHash(hash, text(parameters.USERNAME), client);
  }
  const username = issued.get(text(parameters.REFRESH_TOKEN) ?? "");
  if (username === undefined) return undefined;
  const fault = checkHash(hash, username, client);
  return fault && hash ? `SecretHash does not match for the client: ${client.clientId}` : fault;
}

/** Notes under which user name the refresh token of an answer was issued. */
export function noteIssued(issued: Map<string, string>, answer: string): void {
  const result = record(parseRecord(answer).AuthenticationResult);
  const refreshToken = text(result.RefreshToken);
  const [, payload = ""] = (text(result.AccessToken) ?? "").split(".");
  const username = text(parseRecord(Buffer.from(payload, "base64url").toString()).username);
  if (refreshToken && username) issued.set(refreshToken, username);
}

/** Gives the operation that a request names in its header, without the service's name. */
export function operationOf({ headers }: IncomingMessage): string {
  return String(headers["x-amz-target"] ?? "").replace(/^.*\./, "");
}

function checkHash(
  hash: string | undefined,
  username: string | undefined,
  { clientId, clientSecret }: KnownClient,
): SecretFault {
  if (clientSecret === undefined) {
    return hash && `Client ${clientId} is not configured with secret but SECRET_HASH was received`;
  }
  if (!hash) return `Client ${clientId} is configured with secret but SECRET_HASH was not received`;
  const expected = createHmac("sha256", clientSecret).update(`${username}${clientId}`);
  if (hash === expected.digest("base64")) return undefined;
  return `Unable to verify secret hash for client ${clientId}`;
}

function checkRawSecret(
  secret: string | undefined,
  { clientId, clientSecret }: KnownClient,
): SecretFault {
  if (secret === clientSecret) return undefined;
  if (secret) return `Unable to verify secret for client ${clientId}`;
  return `Client ${clientId} is configured for secret but secret was not received`;
}

function parseRecord(json: string): Readonly<Record<string, unknown>> {
  try {
    return record(JSON.parse(json));
  } catch {
    // Whether it is JSON is part of what is scripted.
    return {};
  }
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

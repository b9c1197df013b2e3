import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientMetadata } from "../../../domain/client-metadata.ts";
import { isText } from "../answers/unexpected-answer.ts";
import type { ProviderMethod } from "../errors/exception-meaning.ts";
import type { AppClient } from "../wire/app-client.ts";
import type { CognitoInput, CognitoOutput } from "../wire/transport.ts";

/**
 * Ways to sign in by password, by Cognito's names. Those with `ADMIN_` are signed with AWS credentials, and so are then
 * all steps of all sign-ins.
 */
export const authFlows = [
  "ADMIN_USER_PASSWORD_AUTH",
  "ADMIN_NO_SRP_AUTH",
  "USER_PASSWORD_AUTH",
  "USER_SRP_AUTH",
  "USER_AUTH",
] as const;
export type AuthFlow = (typeof authFlows)[number];

/** Tells whether a flow, or what was given for one, takes AWS credentials. */
export function isSignedFlow(flow: unknown): boolean {
  return isText(flow) && flow.startsWith("ADMIN_");
}

/** A step of a sign-in, as it was answered. */
export interface AuthOutcome {
  readonly answer: CognitoOutput<"InitiateAuth">;
  /** The name that the next step sends for the user. */
  readonly username: string;
}

/** The challenge that a step goes on from. */
export interface OpenChallenge {
  readonly name: string;
  /** Nothing, where Cognito gave none: it wants none back then. */
  readonly session: string | undefined;
  readonly username: string;
  readonly clientMetadata?: ClientMetadata | undefined;
}

type Parameters = Readonly<Record<string, string>>;

/** The two calls that a sign-in is made of. */
export interface AuthCalls {
  initiate(
    flow: AuthFlow | "CUSTOM_AUTH",
    parameters: { readonly USERNAME: string } & Parameters,
    clientMetadata: ClientMetadata | undefined,
  ): Promise<AuthOutcome>;
  respond(
    method: ProviderMethod,
    challenge: OpenChallenge,
    responses: Parameters,
  ): Promise<AuthOutcome>;
}

/** Makes the calls through one app client, all of them signed or none. */
export function createAuthCalls(
  app: AppClient,
  { userPoolId, isSigned }: { readonly userPoolId: string; readonly isSigned: boolean },
): AuthCalls {
  return {
    async initiate(flow, parameters, clientMetadata) {
      const request: CognitoInput<"InitiateAuth"> = {
        ClientId: app.clientId,
        AuthFlow: flow,
        AuthParameters: await withSecretHash(app, parameters),
        ClientMetadata: clientMetadata,
      };
      const answer = await (isSigned
        ? app.call("signIn", "AdminInitiateAuth", { ...request, UserPoolId: userPoolId })
        : app.call("signIn", "InitiateAuth", request));
      return { answer, username: parameters.USERNAME };
    },

    async respond(method, { name, session, username, clientMetadata }, responses) {
      const request: CognitoInput<"RespondToAuthChallenge"> = {
        ClientId: app.clientId,
        // One that this version does not know goes back as it came.
        ChallengeName: name as ChallengeNameType,
        ...(session !== undefined && { Session: session }),
        ChallengeResponses: await withSecretHash(app, { USERNAME: username, ...responses }),
        ClientMetadata: clientMetadata,
      };
      const answer = await (isSigned
        ? app.call(method, "AdminRespondToAuthChallenge", { ...request, UserPoolId: userPoolId })
        : app.call(method, "RespondToAuthChallenge", request));
      return { answer, username };
    },
  };
}

/** The hash is over the name that goes with it, whichever that is. */
async function withSecretHash(
  app: AppClient,
  parameters: { readonly USERNAME: string } & Parameters,
): Promise<Record<string, string>> {
  const secretHash = await app.secretHash(parameters.USERNAME);
  return secretHash === undefined ? { ...parameters } : { ...parameters, SECRET_HASH: secretHash };
}

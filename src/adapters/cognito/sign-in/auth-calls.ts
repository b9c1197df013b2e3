import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import type { ClientMetadata } from "../../../domain/client-metadata.ts";
import { isText } from "../answers/unexpected-answer.ts";
import type { ProviderMethod } from "../errors/exception-meaning.ts";
import type { AppClient, ClientProof } from "../wire/app-client.ts";
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
  const ofPool =
    <Input extends object>(request: (proof: ClientProof) => Promise<Input>) =>
    async (proof: ClientProof) => ({ ...(await request(proof)), UserPoolId: userPoolId });
  return {
    async initiate(flow, parameters, clientMetadata) {
      const request = async (proof: ClientProof): Promise<CognitoInput<"InitiateAuth">> => ({
        ClientId: app.clientId,
        AuthFlow: flow,
        AuthParameters: await withSecretHash(proof, parameters),
        ClientMetadata: clientMetadata,
      });
      const answer = await (isSigned
        ? app.callAsClient("signIn", "AdminInitiateAuth", ofPool(request))
        : app.callAsClient("signIn", "InitiateAuth", request));
      return { answer, username: parameters.USERNAME };
    },

    async respond(method, { name, session, username, clientMetadata }, responses) {
      const request = async (
        proof: ClientProof,
      ): Promise<CognitoInput<"RespondToAuthChallenge">> => ({
        ClientId: app.clientId,
        // One that this version does not know goes back as it came.
        ChallengeName: name as ChallengeNameType,
        ...(session !== undefined && { Session: session }),
        ChallengeResponses: await withSecretHash(proof, { USERNAME: username, ...responses }),
        ClientMetadata: clientMetadata,
      });
      const answer = await (isSigned
        ? app.callAsClient(method, "AdminRespondToAuthChallenge", ofPool(request))
        : app.callAsClient(method, "RespondToAuthChallenge", request));
      return { answer, username };
    },
  };
}

/** The hash is over the name that goes with it, whichever that is. */
async function withSecretHash(
  { hash }: ClientProof,
  parameters: { readonly USERNAME: string } & Parameters,
): Promise<Record<string, string>> {
  const secretHash = await hash(parameters.USERNAME);
  return secretHash === undefined ? { ...parameters } : { ...parameters, SECRET_HASH: secretHash };
}

import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import type { WithClientMetadata } from "../../../domain/client-metadata.ts";
import type { WithCallerAddress } from "../../../domain/ip-address.ts";
import { isText } from "../answers/unexpected-answer.ts";
import type { ProviderMethod } from "../errors/exception-meaning.ts";
import type { AppClient, ClientProof } from "../wire/app-client.ts";
import { contextData } from "../wire/caller-context.ts";
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

/** The parts of an input that go along with each step of a sign-in. */
export type SentAlong = WithClientMetadata & WithCallerAddress;

/** The challenge that a step goes on from. */
export interface OpenChallenge extends SentAlong {
  readonly name: string;
  /** Nothing, where Cognito gave none: it wants none back then. */
  readonly session: string | undefined;
  readonly username: string;
}

type Parameters = Readonly<Record<string, string>>;

/** The two calls that a sign-in is made of. */
export interface AuthCalls {
  initiate(
    flow: AuthFlow | "CUSTOM_AUTH",
    parameters: { readonly USERNAME: string } & Parameters,
    along: SentAlong,
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
  const signed =
    <Input extends object>(
      request: (proof: ClientProof) => Promise<Input>,
      ContextData: ReturnType<typeof contextData>,
    ) =>
    async (proof: ClientProof) => ({
      ...(await request(proof)),
      UserPoolId: userPoolId,
      ContextData,
    });
  const unsigned =
    <Input extends object>(
      request: (proof: ClientProof) => Promise<Input>,
      caller: WithCallerAddress,
    ) =>
    async (proof: ClientProof) => ({
      ...(await request(proof)),
      UserContextData: app.userContext(caller),
    });
  return {
    async initiate(flow, parameters, { clientMetadata, ...caller }) {
      const request = async (proof: ClientProof): Promise<CognitoInput<"InitiateAuth">> => ({
        ClientId: app.clientId,
        AuthFlow: flow,
        AuthParameters: await withSecretHash(proof, parameters),
        ClientMetadata: clientMetadata,
      });
      const answer = await (isSigned
        ? app.callAsClient(
            "signIn",
            "AdminInitiateAuth",
            signed(request, contextData("signIn", caller)),
          )
        : app.callAsClient("signIn", "InitiateAuth", unsigned(request, caller)));
      return { answer, username: parameters.USERNAME };
    },

    async respond(method, { name, session, username, clientMetadata, ...caller }, responses) {
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
        ? app.callAsClient(
            method,
            "AdminRespondToAuthChallenge",
            signed(request, contextData(method, caller)),
          )
        : app.callAsClient(method, "RespondToAuthChallenge", unsigned(request, caller)));
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

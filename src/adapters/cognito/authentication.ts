import type { ChallengeNameType } from "@aws-sdk/client-cognito-identity-provider";
import type { Clock } from "../../ports/index.ts";
import { isText, unexpectedAnswer } from "./answers.ts";
import type { AppClient } from "./app-client.ts";
import { readParameters } from "./challenges.ts";
import type { Method } from "./fault.ts";
import { createSrpClient, type SrpClient, srpTimestamp } from "./srp/client.ts";
import type { CognitoInput, CognitoOutput } from "./transport.ts";

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

/** How a step of a sign-in was answered. */
export interface Step {
  readonly answer: CognitoOutput<"InitiateAuth">;
  /** What the next step sends for the user's name. */
  readonly username: string;
}

/** What a step goes on from. */
export interface OpenChallenge {
  readonly name: string;
  readonly session: string;
  readonly username: string;
}

/** The steps of a sign-in. */
export interface Authentication {
  byPassword(username: string, password: string): Promise<Step>;
  byFlow(flow: "USER_AUTH" | "CUSTOM_AUTH", username: string, preferred?: string): Promise<Step>;
  respond(challenge: OpenChallenge, responses: Readonly<Record<string, string>>): Promise<Step>;
  /** Answers a challenge that has the password proven and not sent. */
  respondBySrp(
    challenge: OpenChallenge,
    responses: Readonly<Record<string, string>>,
    password: string,
  ): Promise<Step>;
}

/** What {@link createAuthentication} needs to know. */
export interface AuthenticationSettings {
  readonly userPoolId: string;
  readonly authFlow: AuthFlow;
  readonly clock: Clock;
}

/** Makes the steps of sign-ins through one app client. */
export function createAuthentication(
  app: AppClient,
  { userPoolId, authFlow, clock }: AuthenticationSettings,
): Authentication {
  const isSigned = isSignedFlow(authFlow);

  async function initiate(
    flow: AuthFlow | "CUSTOM_AUTH",
    parameters: { readonly USERNAME: string } & Readonly<Record<string, string>>,
  ): Promise<Step> {
    const request: CognitoInput<"InitiateAuth"> = {
      ClientId: app.clientId,
      AuthFlow: flow,
      AuthParameters: await withSecretHash(app, parameters),
    };
    const answer = await (isSigned
      ? app.call("signIn", "AdminInitiateAuth", { ...request, UserPoolId: userPoolId })
      : app.call("signIn", "InitiateAuth", request));
    return { answer, username: parameters.USERNAME };
  }

  async function respond(
    method: Method,
    { name, session, username }: OpenChallenge,
    responses: Readonly<Record<string, string>>,
  ): Promise<Step> {
    const request: CognitoInput<"RespondToAuthChallenge"> = {
      ClientId: app.clientId,
      // One that this version does not know goes back as it came.
      ChallengeName: name as ChallengeNameType,
      Session: session,
      ChallengeResponses: await withSecretHash(app, { USERNAME: username, ...responses }),
    };
    const answer = await (isSigned
      ? app.call(method, "AdminRespondToAuthChallenge", { ...request, UserPoolId: userPoolId })
      : app.call(method, "RespondToAuthChallenge", request));
    return { answer, username };
  }

  /** A step that asks for something else than the proof goes on without it. */
  async function prove(
    method: Method,
    srp: SrpClient,
    step: Step,
    password: string,
  ): Promise<Step> {
    const { ChallengeName: name, Session: session } = step.answer;
    if (name !== "PASSWORD_VERIFIER") return step;
    if (!isText(session)) throw unexpectedAnswer("Session");
    const parameters = readParameters(step.answer.ChallengeParameters);
    const { USER_ID_FOR_SRP: userId = step.username, SECRET_BLOCK: secretBlock = "" } = parameters;
    const timestamp = srpTimestamp(clock.now());
    const verifier = { publicValue: parameters.SRP_B ?? "", salt: parameters.SALT ?? "" };
    const signature = await srp
      .sign(password, { ...verifier, userId, secretBlock }, timestamp)
      .catch(() => {
        throw unexpectedAnswer("SRP parameters");
      });
    return respond(
      method,
      { name, session, username: userId },
      {
        PASSWORD_CLAIM_SIGNATURE: signature,
        PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
        TIMESTAMP: timestamp,
      },
    );
  }

  return {
    async byPassword(username, password) {
      if (authFlow === "USER_SRP_AUTH") {
        const srp = createSrpClient(userPoolId);
        const step = await initiate(authFlow, { USERNAME: username, SRP_A: srp.publicValue });
        return prove("signIn", srp, step, password);
      }
      const preferred = authFlow === "USER_AUTH" && { PREFERRED_CHALLENGE: "PASSWORD" };
      return initiate(authFlow, { USERNAME: username, PASSWORD: password, ...preferred });
    },

    byFlow(flow, username, preferred) {
      return initiate(flow, {
        USERNAME: username,
        ...(preferred && { PREFERRED_CHALLENGE: preferred }),
      });
    },

    respond: (challenge, responses) => respond("answerChallenge", challenge, responses),

    async respondBySrp(challenge, responses, password) {
      const srp = createSrpClient(userPoolId);
      const begun = { ...responses, SRP_A: srp.publicValue };
      const step = await respond("answerChallenge", challenge, begun);
      return prove("answerChallenge", srp, step, password);
    },
  };
}

/** The hash is over the name that goes with it, whichever that is. */
async function withSecretHash(
  app: AppClient,
  parameters: { readonly USERNAME: string } & Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const secretHash = await app.secretHash(parameters.USERNAME);
  return secretHash === undefined ? { ...parameters } : { ...parameters, SECRET_HASH: secretHash };
}

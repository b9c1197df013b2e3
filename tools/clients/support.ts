import {
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
  SetUserPoolMfaConfigCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { onTestFinished } from "vitest";
import {
  makeClient,
  makePool,
  type StrictCognito,
  startStrictCognito,
} from "../../test/support/cognito-strict.ts";
import type { JourneyResults } from "./amplify-journey.ts";

export const ada = "ada@example.com";
export const password = "Correct-Horse-7";
export const newPassword = "Battery-Staple-8";

/** The results of `runJourney` of Ada's, where everything answers as Cognito does. */
export const journeyDone: JourneyResults = {
  signUpSteps: ["CONFIRM_SIGN_UP", "DONE"],
  wrongPassword: "NotAuthorizedException",
  isSignedIn: true,
  expiredToken: "NotAuthorizedException",
  isRefreshed: true,
  email: ada,
  isSignedOut: true,
};

/** A pool on a server of its own, with a client that has no secret, as one in a browser. */
export interface PublicPool extends StrictCognito {
  readonly poolId: string;
  readonly clientId: string;
  /** Gives the code that was sent to a user last. */
  readonly lastCode: (username?: string) => string;
}

/** Differences from the usual pool. */
export interface PoolSetup {
  readonly pool?: Partial<CreateUserPoolCommandInput>;
  readonly client?: Partial<CreateUserPoolClientCommandInput>;
  /** Authenticator apps and codes by text message, for who wants them. */
  readonly hasMfa?: boolean;
}

/** Starts a server with a pool whose users sign in by e-mail address, for one test. */
export async function startPublicPool(setup: PoolSetup = {}): Promise<PublicPool> {
  let endpoint = "";
  const cognito = await startStrictCognito({ issuerBase: () => endpoint });
  onTestFinished(cognito.close);
  endpoint = cognito.endpoint;
  const poolId = await makePool(cognito, {
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    ...setup.pool,
  });
  const { id: clientId } = await makeClient(cognito, poolId, {
    GenerateSecret: false,
    PreventUserExistenceErrors: "ENABLED",
    ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_AUTH"],
    ...setup.client,
  });
  if (setup.hasMfa)
    await cognito.sdk.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: poolId,
        MfaConfiguration: "OPTIONAL",
        SoftwareTokenMfaConfiguration: { Enabled: true },
      }),
    );
  return {
    ...cognito,
    poolId,
    clientId,
    lastCode(username = ada) {
      const message = cognito.server.outboxOf(poolId).messagesFor(username).at(-1);
      if (!message) throw new Error("nothing was sent");
      return message.code;
    },
  };
}

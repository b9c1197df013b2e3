import { setImmediate } from "node:timers/promises";
import {
  AdminDisableUserCommand,
  AdminResetUserPasswordCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  type CognitoIdentityProviderOptions,
  createCognitoIdentityProvider,
} from "../../src/adapters/cognito/index.ts";
import { createJwtVerifier, createRemoteKeySet } from "../../src/adapters/jwt/index.ts";
import type { OutboxMessage } from "../../src/ports/index.ts";
import type { HarnessControls, IdentityProviderHarness } from "../../src/testing/index.ts";
import { adjustableClock } from "../adapters/memory/support.ts";
import {
  anyCredentials,
  makeClient,
  makePool,
  startStrictCognito,
  strictRegion,
} from "../support/cognito-strict.ts";
import { newEmailUser } from "./new-email-user.ts";

/** How the pool and its client are set up. */
export interface StrictSetup
  extends Pick<CognitoIdentityProviderOptions, "authFlow" | "refreshFlow"> {
  readonly preventUserExistenceErrors?: "LEGACY" | "ENABLED";
  readonly rotationGraceSeconds?: number;
}

/** Starts the Cognito adapter on a strict server, on a clock that stands still but for the controls. */
export async function startStrictHarness(
  setup: StrictSetup = {},
): Promise<IdentityProviderHarness> {
  const clock = adjustableClock();
  const post = faultyPost();
  const cognito = await startStrictCognito({
    clock,
    onMessage: post.onMessage,
    pause: async () => {
      await setImmediate();
    },
  });
  const poolId = await makePool(cognito, {
    UsernameAttributes: ["email"],
    AutoVerifiedAttributes: ["email"],
    UsernameConfiguration: { CaseSensitive: false },
  });
  const { rotationGraceSeconds, preventUserExistenceErrors = "LEGACY", ...flows } = setup;
  const client = await makeClient(cognito, poolId, {
    PreventUserExistenceErrors: preventUserExistenceErrors,
    ExplicitAuthFlows: [
      "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      "ALLOW_USER_PASSWORD_AUTH",
      "ALLOW_USER_SRP_AUTH",
      ...(rotationGraceSeconds === undefined ? (["ALLOW_REFRESH_TOKEN_AUTH"] as const) : []),
    ],
    ...(rotationGraceSeconds !== undefined && {
      RefreshTokenRotation: {
        Feature: "ENABLED",
        RetryGracePeriodSeconds: rotationGraceSeconds,
      },
    }),
  });
  const issuer = `https://cognito-idp.${strictRegion}.amazonaws.com/${poolId}`;
  const uri = `${cognito.endpoint}/${poolId}/.well-known/jwks.json`;
  const keys = createRemoteKeySet({ uri, clock });
  const byName = (Username: string) => ({ UserPoolId: poolId, Username });
  return {
    identity: createCognitoIdentityProvider({
      ...flows,
      region: strictRegion,
      userPoolId: poolId,
      clientId: client.id,
      clientSecret: client.secret,
      credentials: anyCredentials,
      endpoint: cognito.endpoint,
      clock,
    }),
    keys,
    tokens: createJwtVerifier({ issuer, clientIds: [client.id], keys, clock }),
    controls: {
      clock,
      deliveryFaults: post.deliveryFaults,
      deliveries: post.deliveries,
      disabling: {
        disable: async (username) =>
          void (await cognito.sdk.send(new AdminDisableUserCommand(byName(username)))),
      },
      forcedReset: {
        demand: async (username) =>
          void (await cognito.sdk.send(new AdminResetUserPasswordCommand(byName(username)))),
      },
      ...(rotationGraceSeconds !== undefined && {
        rotation: { graceSeconds: rotationGraceSeconds },
      }),
    },
    newUser: newEmailUser,
    async codeFor(username, purpose) {
      const sent = cognito.server.outboxOf(poolId).messagesFor(username);
      const message = sent.findLast((candidate) => candidate.purpose === purpose);
      if (!message) throw new Error(`no ${purpose} code was sent`);
      return message.code;
    },
    close: cognito.close,
  };
}

/** Sends every message but those that are to fail, and counts them by address. */
function faultyPost() {
  const posted: OutboxMessage[] = [];
  let failures = 0;
  const deliveries: HarnessControls["deliveries"] = {
    count: (address, purpose) =>
      posted.filter((message) => message.destination === address && message.purpose === purpose)
        .length,
  };
  const deliveryFaults: HarnessControls["deliveryFaults"] = {
    failNext() {
      failures += 1;
    },
  };
  function onMessage(message: OutboxMessage): void {
    if (failures === 0) return void posted.push(message);
    failures -= 1;
    throw new Error("the message does not go out");
  }
  return { onMessage, deliveryFaults, deliveries };
}

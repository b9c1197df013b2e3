import { setImmediate } from "node:timers/promises";
import {
  AdminDisableUserCommand,
  AdminResetUserPasswordCommand,
  CreateGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  type CognitoFeature,
  type CognitoIdentityProviderOptions,
  createCognitoIdentityProvider,
} from "../../src/adapters/cognito/index.ts";
import { createJwtVerifier, createRemoteKeySet } from "../../src/adapters/jwt/index.ts";
import type { Capability } from "../../src/domain/capabilities.ts";
import type { HarnessControls, IdentityProviderHarness } from "../../src/testing/index.ts";
import { adjustableClock } from "../adapters/memory/support.ts";
import { newDevice, passkeyVerifier } from "../adapters/webauthn/support.ts";
import {
  anyCredentials,
  type StrictCognito,
  startStrictCognito,
  strictRegion,
} from "../support/cognito-strict.ts";
import { poolCapabilities } from "./cognito-capabilities.ts";
import { makeFullPool, type PoolSetup } from "./cognito-strict-pool.ts";
import { faultyPost } from "./faulty-post.ts";
import { newEmailUser, spellings } from "./new-email-user.ts";
import { publishedKeys } from "./published-keys.ts";
import { customChallenge, sums } from "./question.ts";
import { forUnknownUsers } from "./unknown-users.ts";

/** How the pool, its client and the adapter are set up. */
export interface StrictSetup
  extends PoolSetup,
    Pick<CognitoIdentityProviderOptions, "authFlow" | "refreshFlow"> {
  readonly features?: readonly CognitoFeature[];
}

/** All that the strict server does. */
export const strictFeatures: readonly CognitoFeature[] = [
  "totp_mfa",
  "sms_mfa",
  "email_mfa",
  "email_code_sign_in",
  "sms_code_sign_in",
  "custom_challenges",
  "passkeys",
  "session_list",
];

/** What the adapter can do on it. */
export const strictCapabilities: readonly Capability[] = [
  ...poolCapabilities,
  ...strictFeatures,
  "administration",
  "groups",
  "password_change_keeps_session",
];

type OtherPool = "requiredMfa" | "signUpApproval" | "requiredAttribute";

/** A harness that says how an adapter elsewhere can be put on the same pool. */
export interface StrictHarness extends IdentityProviderHarness {
  /** The adapter's options, but for the clock. */
  readonly options: CognitoIdentityProviderOptions;
  readonly issuer: string;
  readonly jwksUri: string;
  readonly controls: Readonly<Record<OtherPool, { start(): Promise<StrictHarness> }>> &
    Partial<HarnessControls>;
}

/** Starts the Cognito adapter on a strict server, on a clock that stands still but for the controls. */
export async function startStrictHarness(setup: StrictSetup = {}): Promise<StrictHarness> {
  const clock = adjustableClock();
  const { onMessage, deliveries, deliveryFaults } = faultyPost();
  const cognito = await startStrictCognito({
    clock,
    onMessage,
    customChallenge: sums,
    passkeys: passkeyVerifier(),
    pause: async () => {
      await setImmediate();
    },
  });
  const { poolId, client } = await makeFullPool(cognito, setup);
  const { authFlow, refreshFlow, rotationGraceSeconds } = setup;
  const issuer = `https://cognito-idp.${strictRegion}.amazonaws.com/${poolId}`;
  const jwksUri = `${cognito.endpoint}/${poolId}/.well-known/jwks.json`;
  const terms = { issuer, clientIds: [client.id], clock };
  const keys = createRemoteKeySet({ uri: jwksUri, clock });
  const options = {
    authFlow,
    refreshFlow,
    features: setup.features ?? strictFeatures,
    region: strictRegion,
    userPoolId: poolId,
    clientId: client.id,
    clientSecret: client.secret,
    credentials: anyCredentials,
    endpoint: cognito.endpoint,
    // Fifty proofs of a password at once take their time on a busy machine.
    timeoutMs: 20_000,
  };
  return {
    options,
    issuer,
    jwksUri,
    identity: createCognitoIdentityProvider({ ...options, ...forUnknownUsers, clock }),
    keys,
    tokens: createJwtVerifier({ ...terms, keys }),
    controls: {
      clock,
      deliveries,
      deliveryFaults,
      customChallenge,
      authenticator: { newDevice },
      spellings,
      publishedKeys: publishedKeys(terms, jwksUri),
      ...administratorOf(cognito, poolId),
      ...otherPools(setup),
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

/** What an administrator does, by the official client: not by the adapter, which is under test. */
function administratorOf({ sdk }: StrictCognito, UserPoolId: string) {
  return {
    disabling: {
      async disable(Username) {
        await sdk.send(new AdminDisableUserCommand({ UserPoolId, Username }));
      },
    },
    forcedReset: {
      async demand(Username) {
        await sdk.send(new AdminResetUserPasswordCommand({ UserPoolId, Username }));
      },
    },
    groups: {
      async create(GroupName) {
        await sdk.send(new CreateGroupCommand({ UserPoolId, GroupName }));
      },
    },
  } satisfies Partial<HarnessControls>;
}

function otherPools(setup: StrictSetup) {
  const starter = (other: StrictSetup) => () => startStrictHarness({ ...setup, ...other });
  return {
    requiredMfa: { start: starter({ mfa: "ON" }) },
    signUpApproval: {
      start: starter({
        features: [...strictFeatures, "sign_up_approval"],
        pool: { AutoVerifiedAttributes: [], UserAttributeUpdateSettings: {} },
      }),
    },
    requiredAttribute: {
      name: "given_name",
      value: "Ada",
      start: starter({
        pool: { Schema: [{ Name: "given_name", AttributeDataType: "String", Required: true }] },
      }),
    },
  } satisfies Partial<HarnessControls>;
}

import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  CognitoIdentityProviderClient,
  CreateGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { expect } from "vitest";
import type { OutboxMessage } from "../../src/ports/index.ts";
import { passkeyVerifier } from "../adapters/webauthn/support.ts";
import { makeFullPool, type PoolSetup } from "../contract/cognito-strict-pool.ts";
import { sums } from "../contract/question.ts";
import { startCognitoGuard } from "../support/cognito-guard.ts";
import { cognitoLocalCode } from "../support/cognito-local.ts";
import { startCognitoLocalProcess } from "../support/cognito-local-process.ts";
import { awsCredentials, cognitoRegion, createCognitoPool } from "../support/cognito-pool.ts";
import { startStrictCognito } from "../support/cognito-strict.ts";
import { type RuntimeName, startRuntime } from "../support/runtimes.ts";
import { administratorGroup, administratorName } from "./administrator.ts";
import { cognitoEnvironment } from "./cognito-environment.ts";
import { trustedOrigin } from "./families/cors.ts";
import type { World } from "./http-case.ts";
import type { CodePurpose, HttpTarget } from "./probe.ts";

/** `cognito` is the adapter on cognito-local, `strict` the adapter on the strict server. */
export const providerNames = ["memory", "cognito", "strict"] as const;

export type ProviderName = (typeof providerNames)[number];

/** Portico, running on one runtime and one provider. */
export interface RunningService extends HttpTarget {
  /** Stops it, and all that was started for it, and gives its exit status. */
  stop(): Promise<number>;
}

/** Everything is logged, so that whatever could get out does. */
const settings = {
  CORS_ORIGINS: trustedOrigin,
  LOG_LEVEL: "debug",
  ADMIN_GROUPS: administratorGroup,
};

/** The world that stands in for each, where one service can be both or the provider cannot be set up for it. */
export const worldsOf: Readonly<Record<ProviderName, Readonly<Record<World, World>>>> = {
  memory: { open: "open", equipped: "equipped", closed: "closed" },
  cognito: { open: "open", equipped: "open", closed: "open" },
  strict: { open: "open", equipped: "open", closed: "closed" },
};

/** Starts Portico, and what its provider needs. */
export function startService(
  runtime: RuntimeName,
  provider: ProviderName,
  world: World,
): Promise<RunningService> {
  if (provider === "memory") return startOnMemory(runtime, world);
  return provider === "cognito" ? startOnCognitoLocal(runtime) : startOnStrict(runtime, world);
}

/** The entry knows an open world alone: any other is a program of its own, which uses the library. */
async function startOnMemory(runtime: RuntimeName, world: World): Promise<RunningService> {
  const { url, output, stop } =
    world === "open"
      ? await startRuntime(runtime, { ...settings, MEMORY_ADMINS: administratorName })
      : await startRuntime(runtime, {}, { module: `test/runtime/library/${world}.ts` });
  return {
    url,
    secrets: [],
    codeFor: (username, purpose) => codeInOutbox(url, username, purpose),
    promote: async () => undefined,
    output: () => withoutDeliveries(output()),
    stop,
  };
}

async function startOnCognitoLocal(runtime: RuntimeName): Promise<RunningService> {
  const cognito = await startCognitoLocalProcess();
  const pool = await createCognitoPool(cognito.endpoint);
  const guard = await startCognitoGuard({ ...pool, upstream: cognito.endpoint });
  const { url, output, stop } = await startRuntime(runtime, {
    ...settings,
    ...cognitoEnvironment({
      ...pool,
      endpoint: guard.endpoint,
      issuer: cognito.issuerOf(pool.poolId),
      jwksUri: cognito.jwksUriOf(pool.poolId),
    }),
  });
  return {
    url,
    secrets: [pool.clientSecret, awsCredentials.secretAccessKey],
    codeFor: async () => cognitoLocalCode,
    promote: (username) => putIntoGroup(clientFor(cognito.endpoint), pool.poolId, username),
    output,
    async stop() {
      const status = await stop();
      await guard.stop();
      await cognito.stop();
      return status;
    },
  };
}

const strictFeatures = [
  "totp_mfa",
  "sms_mfa",
  "email_mfa",
  "email_code_sign_in",
  "sms_code_sign_in",
  "custom_challenges",
  "passkeys",
];

const strictPools: Readonly<Record<"open" | "closed", PoolSetup>> = {
  open: {
    pool: {
      Policies: {
        SignInPolicy: {
          AllowedFirstAuthFactors: ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"],
        },
      },
    },
  },
  closed: {
    mfa: "ON",
    pool: {
      AutoVerifiedAttributes: [],
      UserAttributeUpdateSettings: {},
      Schema: [{ Name: "given_name", AttributeDataType: "String", Required: true }],
    },
  },
};

async function startOnStrict(runtime: RuntimeName, world: World): Promise<RunningService> {
  const isClosed = world === "closed";
  const issuerBase = "https://strict.test";
  const cognito = await startStrictCognito({
    issuerBase,
    customChallenge: sums,
    passkeys: passkeyVerifier(),
  });
  const { poolId, client } = await makeFullPool(cognito, {
    hidesUsers: true,
    rotationGraceSeconds: 60,
    ...strictPools[isClosed ? "closed" : "open"],
  });
  const { id: clientId, secret: clientSecret = "" } = client;
  const { url, output, stop } = await startRuntime(runtime, {
    ...settings,
    ...cognitoEnvironment({
      poolId,
      clientId,
      clientSecret,
      endpoint: cognito.endpoint,
      issuer: `${issuerBase}/${poolId}`,
      jwksUri: `${cognito.endpoint}/${poolId}/.well-known/jwks.json`,
    }),
    COGNITO_REFRESH_FLOW: "GET_TOKENS_FROM_REFRESH_TOKEN",
    COGNITO_FEATURES: [...strictFeatures, ...(isClosed ? ["sign_up_approval"] : [])].join(","),
    ...(isClosed && { SIGN_UP_STATUS: "approval_required" }),
  });
  return {
    url,
    secrets: [clientSecret, awsCredentials.secretAccessKey],
    async codeFor(username, purpose) {
      return lastCode(cognito.server.outboxOf(poolId).messagesFor(username), purpose);
    },
    async promote(Username) {
      if (isClosed) {
        await cognito.sdk.send(new AdminConfirmSignUpCommand({ UserPoolId: poolId, Username }));
      }
      await putIntoGroup(cognito.sdk, poolId, Username);
    },
    output,
    async stop() {
      const status = await stop();
      await cognito.close();
      return status;
    },
  };
}

function clientFor(endpoint: string): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    endpoint,
    region: cognitoRegion,
    credentials: awsCredentials,
    maxAttempts: 1,
  });
}

async function putIntoGroup(
  sdk: CognitoIdentityProviderClient,
  UserPoolId: string,
  Username: string,
): Promise<void> {
  const GroupName = administratorGroup;
  await sdk.send(new CreateGroupCommand({ UserPoolId, GroupName }));
  await sdk.send(new AdminAddUserToGroupCommand({ UserPoolId, GroupName, Username }));
}

async function codeInOutbox(url: string, username: string, purpose: CodePurpose): Promise<string> {
  const response = await fetch(`${url}/dev/outbox?username=${encodeURIComponent(username)}`);
  const { messages } = (await response.json()) as { messages: Sent[] };
  return lastCode(messages, purpose);
}

type Sent = Pick<OutboxMessage, "purpose" | "code">;

function lastCode(sent: readonly Sent[], purpose: CodePurpose): string {
  const last = sent.findLast((message) => message.purpose === purpose);
  return last?.code ?? expect.fail(`no ${purpose} code was sent`);
}

/** The in-memory provider prints every message that it would have sent, which is what it is for. */
function withoutDeliveries(output: string): string {
  return output.replaceAll(/^✉ .+ is \S+$/gm, "");
}

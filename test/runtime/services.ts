import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { startCognitoGuard } from "../support/cognito-guard.ts";
import { cognitoLocalCode } from "../support/cognito-local.ts";
import { startCognitoLocalProcess } from "../support/cognito-local-process.ts";
import { awsCredentials, cognitoRegion, createCognitoPool } from "../support/cognito-pool.ts";
import { type RuntimeName, startRuntime } from "../support/runtimes.ts";
import { administratorName } from "./administrator.ts";
import { cognitoEnvironment } from "./cognito-environment.ts";
import { serviceClient } from "./families/service-tokens.ts";
import type { World } from "./http-case.ts";
import type { CodePurpose } from "./probe.ts";
import {
  lastCode,
  putIntoGroup,
  type RunningService,
  type Sent,
  settings,
} from "./running-service.ts";
import { startOnStrict } from "./strict-service.ts";

/** `cognito` is the adapter on cognito-local, `strict` the adapter on the strict server. */
export const providerNames = ["memory", "cognito", "strict"] as const;

export type ProviderName = (typeof providerNames)[number];

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
      ? await startRuntime(runtime, {
          ...settings,
          ...memorySettings,
          MEMORY_ADMINS: administratorName,
        })
      : await startRuntime(runtime, {}, { module: `test/runtime/library/${world}.ts` });
  return {
    url,
    secrets: [serviceClient.INTROSPECTION_CLIENT_SECRET],
    codeFor: (username, purpose) => codeInOutbox(url, username, purpose),
    promote: async () => undefined,
    output: () => withoutDeliveries(output()),
    stop,
  };
}

/** Workers take it by name alone, and do not tell who asks for codes. */
const memorySettings = { IDENTITY_PROVIDER: "memory", DEV_OUTBOX: "true" };

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
    secrets: [
      pool.clientSecret,
      awsCredentials.secretAccessKey,
      serviceClient.INTROSPECTION_CLIENT_SECRET,
    ],
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

function clientFor(endpoint: string): CognitoIdentityProviderClient {
  return new CognitoIdentityProviderClient({
    endpoint,
    region: cognitoRegion,
    credentials: awsCredentials,
    maxAttempts: 1,
  });
}

async function codeInOutbox(url: string, username: string, purpose: CodePurpose): Promise<string> {
  const response = await fetch(`${url}/dev/outbox?username=${encodeURIComponent(username)}`);
  const { messages } = (await response.json()) as { messages: Sent[] };
  return lastCode(messages, purpose);
}

/** The in-memory provider prints every message that it would have sent, which is what it is for. */
function withoutDeliveries(output: string): string {
  return output.replaceAll(/^✉ .+ is \S+$/gm, "");
}

import { expect } from "vitest";
import { startCognitoGuard } from "../support/cognito-guard.ts";
import { cognitoLocalCode } from "../support/cognito-local.ts";
import { startCognitoLocalProcess } from "../support/cognito-local-process.ts";
import { awsCredentials, createCognitoPool } from "../support/cognito-pool.ts";
import { type RuntimeName, startRuntime } from "../support/runtimes.ts";
import { cognitoEnvironment } from "./cognito-environment.ts";
import { trustedOrigin } from "./families/cors.ts";
import { serviceClient } from "./families/service-tokens.ts";
import type { CodePurpose, HttpTarget } from "./probe.ts";

export const providerNames = ["memory", "cognito"] as const;

export type ProviderName = (typeof providerNames)[number];

/** Portico, running on one runtime and one provider. */
export interface RunningService extends HttpTarget {
  /** Stops it, and all that was started for it, and gives its exit status. */
  stop(): Promise<number>;
}

/** Everything is logged, so that whatever could get out does. */
const settings = { CORS_ORIGINS: trustedOrigin, LOG_LEVEL: "debug", ...serviceClient };

/** Starts Portico, and what its provider needs. */
export function startService(
  runtime: RuntimeName,
  provider: ProviderName,
): Promise<RunningService> {
  return provider === "memory" ? startOnMemory(runtime) : startOnCognito(runtime);
}

async function startOnMemory(runtime: RuntimeName): Promise<RunningService> {
  const administrator = "administrator@example.com";
  const { url, output, stop } = await startRuntime(runtime, {
    ...settings,
    MEMORY_ADMINS: administrator,
    ADMIN_GROUPS: "admins",
  });
  return {
    url,
    secrets: [serviceClient.INTROSPECTION_CLIENT_SECRET],
    administrator,
    codeFor: (username, purpose) => codeInOutbox(url, username, purpose),
    output: () => withoutDeliveries(output()),
    stop,
  };
}

async function startOnCognito(runtime: RuntimeName): Promise<RunningService> {
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
    output,
    async stop() {
      const status = await stop();
      await guard.stop();
      await cognito.stop();
      return status;
    },
  };
}

async function codeInOutbox(url: string, username: string, purpose: CodePurpose): Promise<string> {
  const response = await fetch(`${url}/dev/outbox?username=${encodeURIComponent(username)}`);
  const { messages } = (await response.json()) as { messages: { purpose: string; code: string }[] };
  const last = messages.findLast((message) => message.purpose === purpose);
  return last?.code ?? expect.fail(`no ${purpose} code was sent`);
}

/** The in-memory provider prints every message that it would have sent, which is what it is for. */
function withoutDeliveries(output: string): string {
  return output.replaceAll(/^✉ .+ is \d{6}$/gm, "");
}

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import type { CognitoFault } from "../../src/testing/index.ts";
import type { ServerState } from "../bench/answers.ts";
import { startChild } from "../bench/child.ts";
import { cognitoEnvironment } from "../runtime/cognito-environment.ts";
import { awsCredentials, cognitoRegion, createCognitoPool } from "../support/cognito-pool.ts";
import { type RunningRuntime, type RuntimeName, startRuntime } from "../support/runtimes.ts";
import { freePort } from "../support/server-process.ts";
import { forEachOf, password } from "./client.ts";
import type { UpstreamQuestion } from "./processes/upstream.ts";

/** A strict Cognito server in a process of its own, with a pool full of users. */
export interface Upstream {
  readonly environment: Readonly<Record<string, string>>;
  readonly usernames: readonly string[];
  setFaults(faults: readonly CognitoFault[]): Promise<void>;
  stop(): void;
}

/** One call in ten fails, and one in twenty stalls: it is answered late, or done and never answered. */
export const usualFaults: readonly CognitoFault[] = [
  { kind: "throttling", rate: 0.05 },
  { kind: "server_error", rate: 0.05 },
  { kind: "latency", rate: 0.025, delayMs: 2_000 },
  { kind: "lost_answer", rate: 0.025 },
];

/** Starts an {@link Upstream}. */
export async function startUpstream(users: number, hashIterations: number): Promise<Upstream> {
  const script = "test/soak/processes/upstream.ts";
  const child = startChild({ script, args: [String(hashIterations)] });
  const { port } = await child.ask<ServerState>();
  const endpoint = `http://127.0.0.1:${port}`;
  const pool = await createCognitoPool(endpoint);
  const { poolId } = pool;
  const usernames = Array.from({ length: users }, (_, index) => `user-${index}@example.com`);
  const sdk = new CognitoIdentityProviderClient({
    endpoint,
    region: cognitoRegion,
    credentials: awsCredentials,
    maxAttempts: 1,
  });
  await forEachOf(usernames, 16, async (Username) => {
    const user = { UserPoolId: poolId, Username };
    const UserAttributes = [
      { Name: "email", Value: Username },
      { Name: "email_verified", Value: "true" },
    ];
    await sdk.send(
      new AdminCreateUserCommand({ ...user, UserAttributes, MessageAction: "SUPPRESS" }),
    );
    await sdk.send(
      new AdminSetUserPasswordCommand({ ...user, Password: password, Permanent: true }),
    );
  });
  sdk.destroy();
  const environment = {
    ...cognitoEnvironment({ ...pool, endpoint, issuer: "", jwksUri: "" }),
    COGNITO_ISSUER: `https://cognito-idp.${cognitoRegion}.amazonaws.com/${poolId}`,
    COGNITO_JWKS_URI: `${endpoint}/${poolId}/.well-known/jwks.json`,
  };
  return {
    environment,
    usernames,
    setFaults: async (faults) =>
      void (await child.ask<ServerState>({ faults } satisfies UpstreamQuestion)),
    stop: child.stop,
  };
}

/** A Redis of our own, which keeps nothing. */
export interface OwnRedis {
  readonly url: string;
  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Starts it anew, empty. */
  start(): Promise<void>;
}

/** Starts an {@link OwnRedis}, of the machine's `redis-server`. */
export async function startRedis(): Promise<OwnRedis> {
  const port = await freePort();
  let server: ChildProcess | undefined;
  const kill = async () => {
    const ending = server;
    server = undefined;
    if (ending?.exitCode !== null || !ending.kill("SIGKILL")) return;
    await once(ending, "exit");
  };
  process.once("exit", () => server?.kill("SIGKILL"));
  const start = async () => {
    const args = [
      "--port",
      String(port),
      "--bind",
      "127.0.0.1",
      "--save",
      "",
      "--appendonly",
      "no",
    ];
    server = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
    for await (const text of server.stdout ?? []) if (/eady to accept/.test(String(text))) break;
    server.stdout?.resume();
  };
  await start();
  return { url: `redis://127.0.0.1:${port}`, kill, start };
}

/** Starts the service as it is deployed behind a proxy, with its limits on. */
export function startSoaked(
  runtime: RuntimeName,
  environment: Readonly<Record<string, string>>,
): Promise<RunningRuntime> {
  const settings = {
    LOG_LEVEL: "silent",
    TRUSTED_PROXIES: "127.0.0.0/8",
    // All sessions are made at once before anything is measured. What is counted by address and account is as ever.
    RATE_LIMITS: "sign_in_by_everyone=1000000/60",
    MAX_CONNECTIONS: "10000",
    ...environment,
  };
  const options = { preload: "test/soak/watcher.ts", bundle: "cognito" } as const;
  return startRuntime(runtime, settings, options);
}

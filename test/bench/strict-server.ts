import { createCognitoIdentityProvider } from "../../src/adapters/cognito/index.ts";
import {
  awsCredentials,
  type CognitoPool,
  cognitoRegion,
  createCognitoPool,
} from "../support/cognito-pool.ts";
import type { ServerState } from "./answers.ts";
import { type Child, type ChildCommand, startChild } from "./child.ts";
import type { SignInTarget } from "./processes/sign-ins.ts";

/** A strict Cognito server in a process of its own, with a pool and a client in it. */
export interface StrictServer {
  readonly child: Child;
  readonly port: number;
  readonly endpoint: string;
  readonly pool: CognitoPool;
}

/** Starts a {@link StrictServer}. */
export async function startStrictServer(
  where: Pick<ChildCommand, "processor"> = {},
): Promise<StrictServer> {
  const script = "test/bench/processes/cognito-server.ts";
  const child = startChild({ script, args: [], ...where });
  const { port } = await child.ask<ServerState>();
  const endpoint = `http://127.0.0.1:${port}`;
  return { child, port, endpoint, pool: await createCognitoPool(endpoint) };
}

/** Makes the one user who signs in to it. */
export async function signUpTo({ endpoint, pool }: StrictServer): Promise<SignInTarget> {
  const { poolId: userPoolId, ...app } = pool;
  const identity = createCognitoIdentityProvider({
    ...app,
    endpoint,
    userPoolId,
    region: cognitoRegion,
    credentials: awsCredentials,
  });
  const user = { username: "ada@example.com", password: "Correct-Horse-7" };
  await identity.signUp({ ...user, attributes: { email: user.username } });
  await identity.confirmUser({ username: user.username });
  return { ...pool, ...user, endpoint };
}

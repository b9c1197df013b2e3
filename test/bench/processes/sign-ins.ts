// Signs one user in again and again, each time when the time before is over.
//   sign-ins.ts <module of the contender> <who signs in to what, as JSON>
import process from "node:process";
import { pathToFileURL } from "node:url";
import type { CognitoPool } from "../../support/cognito-pool.ts";
import { answerQuestions, processorMs } from "../answers.ts";
import { quantile, type Slice } from "../measure.ts";

/** A pool, where it is, and a user of it. */
export interface SignInTarget extends CognitoPool {
  readonly endpoint: string;
  readonly username: string;
  readonly password: string;
}

/** What a contender's module exports. */
export interface SignInModule {
  /** Makes what signs the user in and gives the access token. */
  createSignIn(target: SignInTarget): Promise<SignIn> | SignIn;
}

export type SignIn = () => Promise<string | undefined>;

const signInsPerSlice = 8;

const [, , modulePath = "", target = ""] = process.argv;
const { createSignIn }: SignInModule = await import(pathToFileURL(modulePath).href);
const signIn = await createSignIn(JSON.parse(target));

await answerQuestions(async (): Promise<Slice> => {
  const times: number[] = [];
  const processorBefore = processorMs();
  for (let index = 0; index < signInsPerSlice; index++) {
    const startedAt = performance.now();
    const token = await signIn();
    times.push(performance.now() - startedAt);
    if (!token?.startsWith("ey")) throw new Error(`${modulePath} gets no token.`);
  }
  const used = (processorMs() - processorBefore) / signInsPerSlice;
  // One sign-in, the one in the middle: a server that collects its garbage meanwhile is nobody's fault.
  return { count: 1, clockMs: quantile(times, 0.5), processorMs: used };
});

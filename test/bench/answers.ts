// The other end of child.ts. Runs on Node, Deno and Bun.
import process from "node:process";
import { createInterface } from "node:readline";

/** Answers each line of JSON on standard input with one on standard output, and ends when there are no more. */
export async function answerQuestions(
  answer: (question: unknown) => Promise<unknown> | unknown,
): Promise<never> {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
  }
  process.exit();
}

/** What a server says of itself: the port, and how much processor time it has used, in milliseconds. */
export interface ServerState {
  readonly port: number;
  readonly processorMs: number;
}

/** Says where a server is, and each time it is asked, how much it has worked so far. */
export async function answerForServer(port: number): Promise<never> {
  return answerQuestions(() => {
    const { user, system } = process.cpuUsage();
    return { port, processorMs: (user + system) / 1000 } satisfies ServerState;
  });
}

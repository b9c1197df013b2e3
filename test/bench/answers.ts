// The other end of child.ts. Runs on Node, Deno and Bun.
import process from "node:process";
import { createInterface } from "node:readline";

/** Answers each line of JSON on standard input with one on standard output, and ends when there are no more. */
export async function answerQuestions(
  answer: (question: unknown) => Promise<unknown> | unknown,
): Promise<never> {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify((await answer(JSON.parse(line))) ?? null));
  }
  process.exit();
}

/** What a server says of itself: where it is, and how much processor time it has used so far, in milliseconds. */
export interface ServerState {
  readonly port: number;
  readonly processorMs: number;
}

/** Answers each question with the {@link ServerState}. */
export async function answerForServer(port: number): Promise<never> {
  return answerQuestions((): ServerState => ({ port, processorMs: processorMs() }));
}

/** Gives how much processor time this process has used, on all its threads, in milliseconds. */
export function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

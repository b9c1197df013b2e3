import { expect } from "vitest";
import type { Answer } from "./probe.ts";

/** What a problem says, as far as tests look at it. */
interface Problem {
  readonly code: string;
  readonly errors?: readonly { readonly pointer: string; readonly reason: string }[];
}

/** Expects a problem with a status and a code, and gives it. */
export function expectProblem(answer: Answer, status: number, code: string): Problem {
  const problem: Problem = answer.body.startsWith("{") ? JSON.parse(answer.body) : {};
  expect({ status: answer.status, code: problem.code }).toEqual({ status, code });
  return problem;
}

/** Expects that the generated client was told of a problem with a status and a code. */
export function expectRefusal(
  { error, response }: { readonly error?: Problem; readonly response: Response },
  status: number,
  code: string,
): void {
  expect({ status: response.status, code: error?.code }).toEqual({ status, code });
}

/** Expects a 400 that blames exactly the members given, by JSON pointer. */
export function expectBlames(answer: Answer, ...pointers: string[]): void {
  const { errors = [] } = expectProblem(answer, 400, "validation_failed");
  expect([...new Set(errors.map((error) => error.pointer))]).toEqual(pointers);
}

/** An answer without what differs from one request to the next by design: its id and the time. */
export function comparable({ status, headers, body }: Answer): object {
  const id = headers.get("x-request-id") ?? "";
  const lines = [...headers].filter(([name]) => !["date", "x-request-id"].includes(name));
  return { status, headers: lines, body: id === "" ? body : body.replaceAll(id, "<request id>") };
}

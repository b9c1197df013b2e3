import { type IdentityErrorCode, isIdentityError } from "../domain/errors.ts";
import { ContractFailure } from "./expectations.ts";
import type { HarnessControls } from "./identity-provider/harness.ts";

/** The outcome of a call, told without its result, which may hold tokens. */
export type Outcome = IdentityErrorCode | "no error";

/** Tells how a call ends. A failure that is no IdentityError is passed on. */
export async function outcomeOf(call: Promise<unknown>): Promise<Outcome> {
  try {
    await call;
    return "no error";
  } catch (error) {
    if (isIdentityError(error)) return error.code;
    throw error;
  }
}

/** Makes calls one after the other, and tells how each ends. */
export async function outcomesOf(times: number, call: () => Promise<unknown>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  while (outcomes.length < times) outcomes.push(await outcomeOf(call()));
  return outcomes;
}

/** Starts one call for each input, all at once, and tells how each ends. */
export async function outcomesAtOnce<Input>(
  inputs: readonly Input[],
  call: (input: Input) => Promise<unknown>,
): Promise<Outcome[]> {
  return Promise.all(inputs.map((input) => outcomeOf(call(input))));
}

/** Writes outcomes in short, in their order: `code_mismatch ×5, too_many_attempts ×10`. */
export function outcomeCounts(outcomes: readonly Outcome[]): string {
  const runs: { readonly outcome: Outcome; readonly length: number }[] = [];
  for (const outcome of outcomes) {
    const last = runs.at(-1);
    if (last?.outcome === outcome) runs.splice(-1, 1, { outcome, length: last.length + 1 });
    else runs.push({ outcome, length: 1 });
  }
  return runs.map(({ outcome, length }) => `${outcome} ×${length}`).join(", ");
}

/**
 * Lets the next message fail, and expects that a call which would send it says so; or ends well, as nothing was sent yet,
 * and the operator is told.
 */
export async function expectFailureTold(
  deliveryFaults: HarnessControls["deliveryFaults"],
  call: () => Promise<unknown>,
): Promise<void> {
  const before = await deliveryFaults.reported?.();
  await deliveryFaults.failNext();
  const outcome = await outcomeOf(call());
  if (outcome === "delivery_failed") return;
  const after = await deliveryFaults.reported?.();
  const isOperatorTold = before !== undefined && after === before + 1;
  if (outcome === "no error" && isOperatorTold) return;
  throw new ContractFailure(
    `expected delivery_failed, or that the operator is told, but: ${outcome}, and nobody was`,
  );
}

/** Expects that a call, made again and again, is refused for too many attempts at some point. */
export async function expectLimit(call: () => Promise<unknown>): Promise<void> {
  const outcomes = await outcomesOf(30, call);
  if (!outcomes.includes("too_many_attempts"))
    throw new ContractFailure(
      `expected too_many_attempts at some point, but: ${outcomeCounts(outcomes)}`,
    );
}

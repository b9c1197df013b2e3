import {
  ContractFailure,
  expectCode,
  expectOneOf,
  expectPresent,
  expectThat,
} from "./expectations.ts";
import { type Outcome, outcomeCounts, outcomesAtOnce, outcomesOf } from "./outcomes.ts";

/** Makes as many as come at once in every race. */
export function fiftyOf<T>(make: () => T): readonly T[] {
  return Array.from({ length: 50 }, make);
}

/** Expects that one call worked, and that all others were refused in one of the given ways. */
export function expectOneWinner(outcomes: readonly Outcome[], ...others: readonly Outcome[]): void {
  const winners = outcomes.filter((outcome) => outcome === "no error");
  if (winners.length !== 1)
    throw new ContractFailure(
      `expected one call to work, but ${winners.length} did: ${outcomeCounts(outcomes.toSorted())}`,
    );
  for (const outcome of outcomes) expectOneOf("an outcome", outcome, ["no error", ...others]);
}

/** Gives the attempt that worked. */
export function winnerOf<T>(attempts: readonly T[], outcomes: readonly Outcome[]): T {
  const winner = attempts.find((_, index) => outcomes[index] === "no error");
  return expectPresent("a call that worked", winner);
}

/** A guess that is wrong, and what would be right. */
export interface Guessing {
  readonly wrong: () => Promise<unknown>;
  readonly right: () => Promise<unknown>;
}

/** Expects that guesses at once get no further than guesses one after the other, and that the right one is then refused. */
export async function expectSameLimit(
  prepare: () => Promise<Guessing>,
  isUnheard: (outcome: Outcome) => boolean = (outcome) => outcome === "too_many_attempts",
): Promise<void> {
  const countHeard = (outcomes: readonly Outcome[]) =>
    outcomes.filter((outcome) => !isUnheard(outcome)).length;
  const patient = await prepare();
  const patiently = await outcomesOf(50, patient.wrong);
  const allowed = countHeard(patiently);
  if (allowed === 50)
    throw new ContractFailure(`expected a limit to guessing, but: ${outcomeCounts(patiently)}`);
  const hasty = await prepare();

  const guesses = fiftyOf(() => hasty.wrong);
  const heard = countHeard(await outcomesAtOnce(guesses, (guess) => guess()));

  expectThat(`at most ${allowed} of 50 guesses are heard (${heard} were)`, heard <= allowed);
  const { code } = await expectCode(hasty.right());
  expectThat(`the right answer is then refused unheard (it was ${code})`, isUnheard(code));
}

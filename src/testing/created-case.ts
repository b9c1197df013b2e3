import { ContractFailure, describeError } from "./expectations.ts";

/** A maker of subjects, each of which one case is tried on. */
export interface CreatingHarness<Subject extends { close(): Promise<void> }> {
  /** Makes a subject of its own, with nothing in it. The case that asks closes it. */
  create(): Promise<Subject>;
}

/**
 * One promise of a port and how to try it. Plain data: any test runner can give each case its name and call `run`, which
 * resolves when the promise holds and rejects with a {@link ContractFailure} when it does not.
 */
export interface CreatedCase<Harness> {
  /** The facet, a colon and a sentence, unique within its suite. */
  readonly name: string;
  run(harness: Harness): Promise<void>;
}

/** Makes a case that is tried on something of its own. */
export function createdCase<
  Subject extends { close(): Promise<void> },
  Harness extends CreatingHarness<Subject>,
>(name: string, run: (subject: Subject, harness: Harness) => Promise<void>): CreatedCase<Harness> {
  return {
    name,
    async run(harness) {
      const subject = await harness.create();
      try {
        await run(subject, harness);
      } catch (error) {
        const told = error instanceof ContractFailure ? error.message : describeError(error);
        throw new ContractFailure(`${name}\n  ${told}`, { cause: error });
      } finally {
        await subject.close();
      }
    },
  };
}

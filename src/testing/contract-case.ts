import { ContractFailure, describeError } from "./expectations.ts";
import type { ControlName, HarnessControls, IdentityProviderHarness } from "./harness.ts";

/**
 * One promise of a port and how to try it. Plain data: any test runner can give each case its name and call `run`,
 * which resolves when the promise holds and rejects with a {@link ContractFailure} when it does not.
 */
export interface ContractCase<Name extends string = string> {
  /** The facet, a colon and a sentence, unique within its suite. */
  readonly name: Name;
  /** What the harness must be able to do besides what every harness can. */
  readonly requires: readonly ControlName[];
  run(harness: IdentityProviderHarness): Promise<void>;
}

/** Makes a case that every harness can run. */
export function contractCase<const Name extends string>(
  name: Name,
  run: (harness: IdentityProviderHarness) => Promise<void>,
): ContractCase<Name> {
  return contractCaseRequiring([], name, run);
}

/** Makes a case that needs controls, and is given them. */
export function contractCaseRequiring<const Name extends string, Control extends ControlName>(
  requires: readonly Control[],
  name: Name,
  run: (
    harness: IdentityProviderHarness,
    controls: Pick<HarnessControls, Control>,
  ) => Promise<void>,
): ContractCase<Name> {
  return {
    name,
    requires,
    async run(harness) {
      try {
        if (!hasControls(harness.controls, requires))
          throw new ContractFailure(`cannot run: the harness lacks one of ${requires.join(", ")}`);
        await run(harness, harness.controls);
      } catch (error) {
        throw new ContractFailure(`${name}\n  ${describeFailure(error)}`, { cause: error });
      }
    },
  };
}

function hasControls<Control extends ControlName>(
  controls: Partial<HarnessControls>,
  names: readonly Control[],
): controls is Partial<HarnessControls> & Pick<HarnessControls, Control> {
  return names.every((name) => controls[name] !== undefined);
}

function describeFailure(error: unknown): string {
  if (error instanceof ContractFailure) return error.message;
  return `expected a step to work, but it threw ${describeError(error)}`;
}

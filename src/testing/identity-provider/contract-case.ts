import type { Capability } from "../../domain/capabilities.ts";
import { ContractFailure, describeError } from "../expectations.ts";
import type { ControlName, HarnessControls, IdentityProviderHarness } from "./harness.ts";

/**
 * One promise of a port and how to try it. Plain data: any test runner can give each case its name and call `run`,
 * which resolves when the promise holds and rejects with a {@link ContractFailure} when it does not.
 */
export interface ContractCase<Name extends string = string> {
  /** The facet, a colon and a sentence, unique within its suite. */
  readonly name: Name;
  /** The capabilities that the provider must have. It must say so itself. */
  readonly needs: readonly Capability[];
  /** The controls that the harness must have, besides what every harness can do. */
  readonly requires: readonly ControlName[];
  run(harness: IdentityProviderHarness): Promise<void>;
}

/** The conditions for a case to run. */
export interface CaseConditions<Control extends ControlName> {
  readonly needs?: readonly Capability[];
  readonly requires?: readonly Control[];
}

type Run<Control extends ControlName> = (
  harness: IdentityProviderHarness,
  controls: Pick<HarnessControls, Control>,
) => Promise<void>;

/** Makes a case that every provider and every harness can run. */
export function contractCase<const Name extends string>(
  name: Name,
  run: Run<never>,
): ContractCase<Name> {
  return contractCaseWith({}, name, run);
}

/** Makes a case that needs controls, and is given them. */
export function contractCaseRequiring<const Name extends string, Control extends ControlName>(
  requires: readonly Control[],
  name: Name,
  run: Run<Control>,
): ContractCase<Name> {
  return contractCaseWith({ requires }, name, run);
}

/** Makes a case that needs capabilities, controls or both. */
export function contractCaseWith<const Name extends string, Control extends ControlName = never>(
  { needs = [], requires = [] }: CaseConditions<Control>,
  name: Name,
  run: Run<Control>,
): ContractCase<Name> {
  return {
    name,
    needs,
    requires,
    async run(harness) {
      try {
        const lacking = needs.filter(
          (capability) => !harness.identity.capabilities.has(capability),
        );
        if (lacking.length > 0)
          throw new ContractFailure(`cannot run: the provider declares no ${lacking.join(", ")}`);
        if (!hasControls(harness.controls, requires)) throw lackOf(harness.controls, requires);
        await run(harness, harness.controls);
      } catch (error) {
        throw new ContractFailure(`${name}\n  ${describeFailure(error)}`, { cause: error });
      }
    },
  };
}

/**
 * Makes a case in which calls come at once. It runs as many rounds as the harness asks for, since a race that is lost
 * only now and then shows in the long run.
 */
export function raceCase<const Name extends string, Control extends ControlName = never>(
  conditions: CaseConditions<Control>,
  name: Name,
  run: Run<Control>,
): ContractCase<Name> {
  return contractCaseWith(conditions, name, async (harness, controls) => {
    for (let round = 0; round < (harness.raceRounds ?? 1); round += 1) await run(harness, controls);
  });
}

function hasControls<Control extends ControlName>(
  controls: Partial<HarnessControls>,
  names: readonly Control[],
): controls is Partial<HarnessControls> & Pick<HarnessControls, Control> {
  return names.every((name) => controls[name] !== undefined);
}

/** The failure of a case that cannot run, with the two ways out of it. */
function lackOf(controls: Partial<HarnessControls>, names: readonly ControlName[]) {
  const lacking = names.filter((name) => controls[name] === undefined);
  const wayOut =
    lacking.length === 1
      ? "give it, or name it in limits.lacks"
      : "give them, or name one of them in limits.lacks";
  return new ContractFailure(`cannot run: the harness lacks ${lacking.join(", ")}; ${wayOut}`);
}

function describeFailure(error: unknown): string {
  if (error instanceof ContractFailure) return error.message;
  return `expected a step to work, but it threw ${describeError(error)}`;
}

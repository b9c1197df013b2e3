import { ContractFailure } from "../expectations.ts";
import type { ContractCase } from "./contract-case.ts";
import type { IdentityProviderHarness } from "./harness.ts";
import { type KnownLimits, type PlannedCase, planContract } from "./plan.ts";

/**
 * The functions of a test runner that a run needs: those of `node:test` as they are, and of Vitest and Bun with
 * `beforeAll` for `before` and `afterAll` for `after`.
 */
export interface TestRunner {
  readonly test: (name: string, run: () => Promise<void>) => unknown;
  readonly before: (hook: () => Promise<void>) => unknown;
  readonly after: (hook: () => Promise<void>) => unknown;
}

/** The run of a provider: how it is started, and what is known of it. */
export interface ContractRun<Name extends string> {
  /** Starts the provider, once for all cases. */
  readonly setup: () => Promise<IdentityProviderHarness>;
  /** @default all promises are kept */
  readonly limits?: KnownLimits<Name>;
}

/**
 * Makes a test of each case of a contract. A case that is known to fail, or that cannot run, is a test as well: it sees
 * the case fail, so that no such entry outlives its reason. Call it inside of a `describe` where a file has several runs.
 *
 * @throws {RangeError} as {@link planContract}
 * @example
 * runContract({ test, before, after }, identityProviderContract, { setup: startHarness });
 */
export function runContract<Name extends string>(
  { test, before, after }: TestRunner,
  cases: readonly ContractCase<Name>[],
  { setup, limits = {} }: ContractRun<NoInfer<Name>>,
): void {
  let started: IdentityProviderHarness | undefined;
  before(async () => {
    started = await setup();
  });
  after(async () => started?.close());

  const harness = () => {
    if (!started) throw new Error("The provider was not started.");
    return started;
  };
  for (const planned of planContract(cases, limits)) {
    const { name, run } = planned.contractCase;
    if (planned.kind === "promise") test(name, () => run(harness()));
    else test(titleOf(planned), () => expectFailure(run(harness())));
  }
}

type Unkept = Exclude<PlannedCase, { readonly kind: "promise" }>;

function titleOf({ kind, contractCase, reason }: Unkept): string {
  return `${kind === "gap" ? "gap" : "not run"}: ${contractCase.name} — ${reason}`;
}

async function expectFailure(run: Promise<void>): Promise<void> {
  try {
    await run;
  } catch (error) {
    if (error instanceof ContractFailure) return;
    throw error;
  }
  throw new ContractFailure("this case passes now: take it off the list");
}

import type { Capability } from "../../domain/capabilities.ts";
import type { ContractCase } from "./contract-case.ts";
import type { ControlName } from "./harness.ts";

/** The limits of a back end that are known before a run. Every reason is for a person to read. */
export interface KnownLimits<Name extends string> {
  /** Cases that fail, and why. */
  readonly gaps?: Readonly<Partial<Record<Name, string>>>;
  /** The capabilities that the provider declares. @default everything */
  readonly capabilities?: Iterable<Capability>;
  /** Controls that the harness does not have, and why. */
  readonly lacks?: Readonly<Partial<Record<ControlName, string>>>;
}

/** A case and what to do with it: run it and see it pass, run it and see it fail, or tell why it cannot run. */
export type PlannedCase =
  | { readonly kind: "promise"; readonly contractCase: ContractCase }
  | { readonly kind: "gap"; readonly contractCase: ContractCase; readonly reason: string }
  | { readonly kind: "out_of_reach"; readonly contractCase: ContractCase; readonly reason: string };

/**
 * Sorts the cases of a suite by what is known of a back end, so that a runner leaves none out unsaid. A gap is to be
 * run as well: one that passes has outlived its reason.
 *
 * @throws {RangeError} a gap names no case of the suite, or one that is out of reach anyway
 */
export function planContract<Name extends string>(
  cases: readonly ContractCase<Name>[],
  limits: KnownLimits<NoInfer<Name>>,
): readonly PlannedCase[] {
  const declared = limits.capabilities && new Set(limits.capabilities);
  const planned = cases.map((contractCase) => plan(contractCase, limits, declared));
  const used = planned.filter(({ kind }) => kind === "gap").map((entry) => entry.contractCase.name);
  const stale = Object.keys(limits.gaps ?? {}).filter((name) => !used.includes(name));
  if (stale.length > 0) throw new RangeError(`gaps that name no case to run: ${stale.join("; ")}`);
  return planned;
}

function plan<Name extends string>(
  contractCase: ContractCase<Name>,
  { gaps, lacks = {} }: KnownLimits<Name>,
  declared: ReadonlySet<Capability> | undefined,
): PlannedCase {
  const lacking = declared && contractCase.needs.filter((capability) => !declared.has(capability));
  if (lacking && lacking.length > 0) {
    const reason = `needs ${lacking.join(", ")}, not among its capabilities`;
    return { kind: "out_of_reach", contractCase, reason };
  }
  const missing = contractCase.requires.find((control) => lacks[control] !== undefined);
  if (missing !== undefined) {
    const reason = `needs the control "${missing}": ${lacks[missing]}`;
    return { kind: "out_of_reach", contractCase, reason };
  }
  const reason = gaps?.[contractCase.name];
  if (reason === undefined) return { kind: "promise", contractCase };
  return { kind: "gap", contractCase, reason };
}

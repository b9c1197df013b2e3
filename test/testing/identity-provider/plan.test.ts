import { describe, expect, test } from "vitest";
import {
  type ContractCase,
  identityProviderContract,
  planContract,
} from "../../../src/testing/index.ts";

const plain: ContractCase<"facet: holds"> = {
  name: "facet: holds",
  needs: [],
  requires: [],
  run: async () => undefined,
};
const timed: ContractCase<"facet: lapses"> = {
  name: "facet: lapses",
  needs: ["totp_mfa"],
  requires: ["clock"],
  run: async () => undefined,
};

describe("planContract", () => {
  test("runs every case where nothing is known against it", () => {
    const planned = planContract([plain, timed], {});

    expect(planned).toEqual([
      { kind: "promise", contractCase: plain },
      { kind: "promise", contractCase: timed },
    ]);
  });

  test("gives the reason of a gap along with its case", () => {
    const planned = planContract([plain], { gaps: { "facet: holds": "it does not" } });

    expect(planned).toEqual([{ kind: "gap", contractCase: plain, reason: "it does not" }]);
  });

  test("tells which control a case is in want of, and why", () => {
    const planned = planContract([plain, timed], { lacks: { clock: "time is real" } });

    expect(planned).toEqual([
      { kind: "promise", contractCase: plain },
      {
        kind: "out_of_reach",
        contractCase: timed,
        reason: 'needs the control "clock": time is real',
      },
    ]);
  });

  test("tells which capability a case needs that is not declared", () => {
    const planned = planContract([plain, timed], { capabilities: ["groups"] });

    expect(planned).toEqual([
      { kind: "promise", contractCase: plain },
      {
        kind: "out_of_reach",
        contractCase: timed,
        reason: "needs totp_mfa, not among its capabilities",
      },
    ]);
  });

  test("runs the cases of what is declared", () => {
    const planned = planContract([timed], { capabilities: ["groups", "totp_mfa"] });

    expect(planned).toEqual([{ kind: "promise", contractCase: timed }]);
  });

  test("refuses a gap that names no case", () => {
    const plan = () =>
      // @ts-expect-error: nor does it compile
      planContract([plain], { gaps: { "facet: was renamed": "it does not" } });

    expect(plan).toThrow(/facet: was renamed/);
  });

  test("refuses a gap of a case that cannot run", () => {
    const limits = { gaps: { "facet: lapses": "it does not" }, lacks: { clock: "time is real" } };

    expect(() => planContract([timed], limits)).toThrow(/facet: lapses/);
  });

  test("knows the suite's cases by name", () => {
    const gaps = { "sessions: refuses a wrong password": "it takes any" };

    const planned = planContract(identityProviderContract, { gaps });

    expect(planned.filter(({ kind }) => kind === "gap")).toHaveLength(1);
  });
});

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../../scripts/native.mjs";
import {
  type ContractCase,
  ContractFailure,
  type ContractRun,
  identityProviderContract,
  runContract,
} from "../../../src/testing/index.ts";
import { startHarness } from "../../examples/partial-provider/harness.ts";

type Name = "facet: holds" | "facet: breaks";

const cases: readonly ContractCase<Name>[] = [
  { name: "facet: holds", needs: [], requires: [], run: async () => undefined },
  {
    name: "facet: breaks",
    needs: ["groups"],
    requires: [],
    run: () => Promise.reject(new ContractFailure("it broke")),
  },
];

/** Runs a contract by a runner of a few lines, and tells how each test ended. */
async function outcomesOf(run: Partial<ContractRun<Name>>): Promise<Record<string, string>> {
  const tests = new Map<string, () => Promise<void>>();
  const before: (() => Promise<void>)[] = [];
  const after: (() => Promise<void>)[] = [];
  const runner = {
    test: (name: string, body: () => Promise<void>) => void tests.set(name, body),
    before: (hook: () => Promise<void>) => void before.push(hook),
    after: (hook: () => Promise<void>) => void after.push(hook),
  };
  runContract(runner, cases, { setup: startHarness, ...run });
  const outcomes: Record<string, string> = {};
  for (const hook of before) await hook();
  for (const [name, body] of tests)
    outcomes[name] = await body().then(
      () => "passed",
      (error: Error) => error.message,
    );
  for (const hook of after) await hook();
  return outcomes;
}

describe("runContract", () => {
  test("makes a test of each case, which fails where the promise does not hold", async () => {
    expect(await outcomesOf({})).toEqual({
      "facet: holds": "passed",
      "facet: breaks": "it broke",
    });
  });

  test("sees a gap fail, and a case that cannot run", async () => {
    const ofGap = await outcomesOf({ limits: { gaps: { "facet: breaks": "it does" } } });
    const outOfReach = await outcomesOf({ limits: { capabilities: [] } });

    expect(ofGap["gap: facet: breaks — it does"]).toBe("passed");
    expect(outOfReach).toMatchObject({
      "not run: facet: breaks — needs groups, not among its capabilities": "passed",
    });
  });

  test("fails for a gap that is closed", async () => {
    const outcomes = await outcomesOf({ limits: { gaps: { "facet: holds": "it did not" } } });

    expect(outcomes["gap: facet: holds — it did not"]).toMatch(/take it off the list/);
  });

  test("starts the provider once, and closes it", async () => {
    const calls: string[] = [];

    await outcomesOf({
      async setup() {
        calls.push("started");
        const harness = await startHarness();
        return { ...harness, close: async () => void calls.push("closed") };
      },
    });

    expect(calls).toEqual(["started", "closed"]);
  });

  test("runs by node:test", () => {
    const file = join(root, "test/examples/partial-provider/contract.node.ts");
    const args = ["--test", "--test-reporter=tap", file];

    const { status, stdout } = spawnSync(process.execPath, args, {
      cwd: root,
      encoding: "utf8",
      env: { PATH: process.env.PATH },
    });

    expect(stdout).toMatch(/^# fail 0$/m);
    expect(stdout).toMatch(new RegExp(`^# pass ${identityProviderContract.length}$`, "m"));
    expect(status).toBe(0);
  }, 60_000);
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeOnRuntime, type RuntimeName, runtimeNames } from "../support/runtimes.ts";
import { giveawaysIn } from "./secrets.ts";
import { bootCases } from "./verifier-boot-cases.ts";
import type { VerifierPlaceCase } from "./verifier-case.ts";
import { burstCases, hangUpCases, outageCases } from "./verifier-key-cases.ts";
import { startVerifierPlace, type VerifierPlace } from "./verifier-place.ts";
import { resourceCases } from "./verifier-resource-cases.ts";
import { tokenCases } from "./verifier-token-cases.ts";

for (const runtime of runtimeNames) {
  describeOnRuntime(runtime, `${runtime} as a resource server`, () => {
    describe("whose keys cannot be had at first", () => {
      runCases(runtime, [...outageCases, ...resourceCases, ...tokenCases]);
    });

    describe("whose keys can be had", () => {
      runCases(runtime, burstCases);
    });

    describe("whose keys are slow to come", () => {
      runCases(runtime, hangUpCases, "slow");
    });

    test.each(bootCases)("$name", ({ run }) => run(runtime));
  });
}

/** Registers cases on a service of their own, in their order. */
function runCases(
  runtime: RuntimeName,
  cases: readonly VerifierPlaceCase[],
  answer: "good" | "slow" = "good",
): void {
  let started: VerifierPlace | undefined;
  const place = () => started ?? expect.fail("the service did not start");
  beforeAll(async () => {
    started = await startVerifierPlace(runtime, answer);
  });
  afterAll(() => started?.stop());

  test.each(cases)("$name", ({ run }) => run(place()));

  test("gives nothing away in its log", () => {
    expect(giveawaysIn(place().output())).toEqual([]);
  });
}

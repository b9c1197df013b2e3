import { describe, expect, test } from "vitest";
import { dpopCases } from "./dpop/cases.ts";
import { protectedApis } from "./protected-apis.ts";

describe.each(Object.entries(protectedApis))("%s with proofs", (_name, protect) => {
  test.each(dpopCases)("$name", async ({ run }) => {
    await run(protect);
  });
});

describe("the cases of proofs", () => {
  test("have a name of their own, each", () => {
    const names = dpopCases.map(({ name }) => name);

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});

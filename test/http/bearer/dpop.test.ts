import { describe, expect, test } from "vitest";
import { dpopCases } from "./dpop/cases.ts";
import { frameworkApis } from "./framework-apis.ts";
import { protectedApis } from "./protected-apis.ts";

const apis = { ...protectedApis, ...frameworkApis };

describe.each(Object.entries(apis))("%s with proofs", (_name, protect) => {
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

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { defaultLimitPolicies } from "../src/domain/rate-limit-policies.ts";

test("the page for operators has the table of limits as it is", () => {
  const page = readFileSync(join(import.meta.dirname, "../docs/operations.md"), "utf8");
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (\d+) \| /gm)].map(
    ([, policy = "", quota, windowSeconds]) => [policy, Number(quota), Number(windowSeconds)],
  );

  expect(rows).toEqual(
    defaultLimitPolicies.map(({ policy, quota, windowSeconds }) => [policy, quota, windowSeconds]),
  );
});

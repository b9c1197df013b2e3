import { expect, test } from "vitest";
import { stepsOf } from "../../../../src/adapters/better-auth/stores/totp.ts";

test("finds the codes of an app on the vectors of RFC 6238", async () => {
  const seed = new TextEncoder().encode("12345678901234567890");

  expect(await stepsOf("287082", seed, 59_000)).toEqual([1]);
  expect(await stepsOf("081804", seed, 1_111_111_109_000)).toEqual([37_037_036]);
  expect(await stepsOf("050471", seed, 1_111_111_111_000)).toEqual([37_037_037]);
  expect(await stepsOf("287083", seed, 59_000)).toEqual([]);
});

test("finds no code of an app two steps away", async () => {
  const seed = new TextEncoder().encode("12345678901234567890");

  expect(await stepsOf("287082", seed, 89_000)).toEqual([1]);
  expect(await stepsOf("287082", seed, 90_000)).toEqual([]);
});

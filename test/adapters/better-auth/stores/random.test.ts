import { describe, expect, onTestFinished, test, vi } from "vitest";
import { randomCode, randomToken } from "../../../../src/adapters/better-auth/stores/random.ts";

/** Lets the runtime draw these numbers next, and tells how many are left. */
function drawing(...numbers: number[]): () => number {
  const spy = vi.spyOn(crypto, "getRandomValues").mockImplementation((array) => {
    if (array instanceof Uint8Array) new DataView(array.buffer).setUint32(0, numbers.shift() ?? 0);
    return array;
  });
  onTestFinished(() => spy.mockRestore());
  return () => numbers.length;
}

describe("a code of Better Auth", () => {
  test("has six digits, leading zeros included", () => {
    drawing(7);

    expect(randomCode()).toBe("000007");
  });

  test("is drawn anew where the draw would favour some codes", () => {
    // 4294 million is the largest multiple of a million in four bytes.
    const left = drawing(0xffff_ffff, 4_294_000_000, 4_293_999_999);

    expect(randomCode()).toBe("999999");
    expect(left()).toBe(0);
  });

  test("is any of a million", () => {
    drawing(0, 1_000_000, 4_293_000_001);

    expect([randomCode(), randomCode(), randomCode()]).toEqual(["000000", "000000", "000001"]);
  });
});

test("a token of Better Auth holds 256 bits that are never the same", () => {
  const [one, other] = [randomToken(), randomToken()];

  expect(one).toMatch(/^[\w-]{43}$/);
  expect(one).not.toBe(other);
});

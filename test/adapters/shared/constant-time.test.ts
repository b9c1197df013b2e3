import { describe, expect, it } from "vitest";
import { isSame, isSameText } from "../../../src/adapters/shared/constant-time.ts";

describe("bytes that are compared", () => {
  it.each([
    ["nothing and nothing", [], [], true],
    ["the same", [1, 0, 255], [1, 0, 255], true],
    ["others in the first place", [1, 2, 3], [0, 2, 3], false],
    ["others in the last place", [1, 2, 3], [1, 2, 2], false],
    ["the beginning of the others", [1, 2], [1, 2, 3], false],
    ["the others and a zero", [1, 2, 0], [1, 2], false],
  ])("are %s", (_what, left, right, same) => {
    expect(isSame(Uint8Array.from(left), Uint8Array.from(right))).toBe(same);
  });
});

describe("texts that are compared", () => {
  it.each([
    ["", "", true],
    ["caf\u00e9", "caf\u00e9", true],
    ["caf\u00e9", "cafe\u0301", false],
    ["123456", "123457", false],
    ["123456", "12345", false],
  ])("are the same character by character: %j and %j", (left, right, same) => {
    expect(isSameText(left, right)).toBe(same);
  });
});

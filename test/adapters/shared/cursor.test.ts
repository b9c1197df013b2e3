import * as base64url from "jose/base64url";
import { describe, expect, test } from "vitest";
import { readCursor, writeCursor } from "../../../src/adapters/shared/cursor.ts";

describe("a cursor", () => {
  test("gives back the place that it was written for", () => {
    const place = [1_800_000_000_123, "é/+?", null, ["x"]];

    const cursor = writeCursor(place);

    expect(readCursor(cursor)).toEqual(place);
    expect(cursor).toMatch(/^[\w-]+$/);
  });

  test.each([
    ["no text", ""],
    ["no base64url", "not!base64url"],
    ["no JSON", base64url.encode("[1")],
    ["no list", base64url.encode('{"0":1}')],
    ["nothing", base64url.encode("null")],
  ])("that holds %s is refused", (_what, cursor) => {
    expect(() => readCursor(cursor)).toThrow(
      expect.objectContaining({
        code: "validation_failed",
        violations: [{ path: ["cursor"], reason: "unknown" }],
      }),
    );
  });
});

import { describe, expect, test } from "vitest";
import { createCookieReader } from "../../../src/http/session/known-cookies.ts";

const header = (session: string, access = "a.b.c") =>
  `theme=dark; portico=${session}; portico-access=${access}`;

describe("a header whose session was one", () => {
  test("is read without being taken apart again", () => {
    const { read, keep } = createCookieReader();
    const cookies = read(header("one"), false);
    keep(header("one"), false, cookies);

    expect(cookies).toMatchObject({ session: "one", access: "a.b.c" });
    expect(read(header("one"), false)).toBe(cookies);
    expect(read(header("one"), true)).toEqual({ names: [] });
  });

  test("is told from one that ends alike", () => {
    const { read, keep } = createCookieReader();
    const end = "x".repeat(40);
    keep(header("one", end), false, read(header("one", end), false));

    expect(read(header("two", end), false).session).toBe("two");
  });

  test("is forgotten after two thousand others, and one that is very long at once", () => {
    const { read, keep } = createCookieReader();
    const first = read(header("first"), false);
    const long = header("x".repeat(13_000), "long");
    const ofLong = read(long, false);
    keep(header("first"), false, first);
    keep(long, false, ofLong);
    keep(undefined, false, read(undefined, false));
    expect(read(header("first"), false)).toBe(first);
    for (let index = 0; index < 2_000; index += 1) {
      const other = header("other", `access-${index}`.padStart(40, "0"));
      keep(other, false, read(other, false));
    }

    expect(read(header("first"), false)).not.toBe(first);
    expect(read(header("first"), false)).toEqual(first);
    expect(read(long, false)).not.toBe(ofLong);
  });
});

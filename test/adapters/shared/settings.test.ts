import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { readSettings, secretList } from "../../../src/adapters/shared/settings.ts";

const a = "a".repeat(32);
const b = "b".repeat(40);

describe("a list of secrets", () => {
  const read = (SECRET: string) =>
    readSettings(z.object({ SECRET: secretList(/^.{32,}$/, "must be long") }), { SECRET });

  test.each([
    ["one secret", a, [a]],
    ["several, as they stand, and the text from before", `${b}, ${a}`, [b, a, `${b}, ${a}`]],
    ["one with a comma, from before there were lists", `${a},x`, [`${a},x`]],
    ["one with many commas", `x,${a},`, [`x,${a},`]],
  ])("is %s", (_what, text, secrets) => {
    expect(read(text)).toEqual({ ok: true, value: { SECRET: secrets } });
  });

  test.each([
    ["too short", "short"],
    ["of short ones alone", "short,shorter"],
  ])("that is %s is refused, and says how one is written", (_what, text) => {
    expect(read(text)).toEqual({
      ok: false,
      faults: ["SECRET: must be long; several with commas between, the newest first"],
    });
  });
});

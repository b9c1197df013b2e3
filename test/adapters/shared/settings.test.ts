import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { readSettings, secretList } from "../../../src/adapters/shared/settings.ts";

const a = "a".repeat(32);
const b = "b".repeat(40);
const half = "c".repeat(20);

describe("a list of secrets", () => {
  const read = (SECRET: string) =>
    readSettings(z.object({ SECRET: secretList(/^.{32,}$/, "must be long") }), { SECRET });

  test.each([
    ["one secret", a, [a]],
    ["one secret, with its spaces", ` ${a} `, [` ${a} `]],
    ["several, as they stand, and the text from before", `${b}, ${a}`, [b, a, `${b}, ${a}`]],
    ["one with commas, from before there were lists", `${half},,${half}`, [`${half},,${half}`]],
    ["one with commas, in quotes", `"${a},x"`, [`${a},x`, `"${a},x"`]],
    ["one with commas among others", `${b}, "${a},x"`, [b, `${a},x`, `${b}, "${a},x"`]],
    ["several that have quotes themselves", `"${a}","${b}"`, [`"${a}"`, `"${b}"`, `"${a}","${b}"`]],
  ])("is %s", (_what, text, secrets) => {
    expect(read(text)).toEqual({ ok: true, value: { SECRET: secrets } });
  });

  test.each([
    ["too short", "short"],
    ["of short ones alone", "short,shorter"],
    ["of one and nothing behind it", `${a},`],
    ["of one and nothing before it", `,${a}`],
    ["of two with nothing between", `${b},,${a}`],
    ["of two with a short one between", `${b},old,${a}`],
    ["of one and a short one", `${a},old`],
    ["of one and an empty one in quotes", `${a},""`],
  ])("that is %s is refused, and says how one is written", (_what, text) => {
    expect(read(text)).toEqual({
      ok: false,
      faults: [
        "SECRET: must be long; several with commas between, the newest first, and one with commas of its own in double quotes",
      ],
    });
  });

  test.each(["short", `${a},`, `${a},old`, `"${a},${b}"`])(
    "of secrets that have no commas is refused for %s, and asks for no quotes",
    (text) => {
      const SECRET = secretList(/^[a-z]{32,}$/, "must be letters");

      expect(readSettings(z.object({ SECRET }), { SECRET: text })).toEqual({
        ok: false,
        faults: ["SECRET: must be letters; several with commas between, the newest first"],
      });
    },
  );
});

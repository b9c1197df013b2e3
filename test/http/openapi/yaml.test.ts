import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { toYaml } from "../../../src/http/openapi/yaml.ts";

const texts = [
  "",
  " ",
  "word",
  "two words",
  " leading",
  "trailing ",
  "true",
  "False",
  "NULL",
  "no",
  "y",
  "~",
  "1",
  "1e3",
  "0x1f",
  "1.5",
  ".inf",
  ".nan",
  "2026-11-21",
  "12:30",
  "a: b",
  "a:",
  "a #b",
  "#a",
  "- a",
  "-",
  "?",
  "? a",
  "!tag",
  "&anchor",
  "*alias",
  "@a",
  "`a`",
  "%a",
  "|",
  ">",
  "{a}",
  "[a]",
  "a, b",
  "'a'",
  '"a"',
  "it's",
  "a\nb",
  "a\n",
  "\ta",
  "\u0000",
  "\u2028",
  "\ud800",
  "é",
  "\u{1f511}",
  "/path",
  "$ref",
  "#/components",
  "---",
  "...",
  "<<",
  "=",
  "a=b",
  "a\\b",
];

describe("toYaml", () => {
  test.each(texts)("writes %j so that it is read as the same text", (text) => {
    expect(parse(toYaml(text))).toBe(text);
    expect(parse(toYaml({ [text]: [text] }))).toEqual({ [text]: [text] });
    expect(parse(toYaml({ [text]: [text] }), { version: "1.1" })).toEqual({ [text]: [text] });
  });

  test("writes nested values", () => {
    const value = {
      list: [1, [2, [], [3, { a: null }]], {}, { b: [], c: { d: true } }],
      empty: {},
      none: null,
      number: -1.5,
    };

    expect(parse(toYaml(value))).toEqual(value);
  });

  test("leaves plain words plain", () => {
    expect(toYaml({ summary: "Sign in", tags: ["Sessions"] })).toBe(
      "summary: Sign in\ntags:\n  - Sessions\n",
    );
  });
});

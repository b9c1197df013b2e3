import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const rows = [...read("docs/glossary.md").matchAll(/^\| ([^|]+) \| [^|]+ \| `(\w+)` \|$/gm)].map(
  ([, word = "", name = ""]) => [word, name] as const,
);

test("no comment opens with a riddle", () => {
  const riddle = /^\s*(?:\/\*\*|\/\/|\*) (?:(?:Makes|Gives|Tells) what|What|Whatever)\b/m;
  const riddles = globSync("src/**/*.ts", { cwd: root }).filter((file) => riddle.test(read(file)));

  expect(riddles).toEqual([]);
});

describe("the glossary", () => {
  const source = globSync(["src/**/*.ts", "test/testing/**/*.ts"], { cwd: root })
    .map(read)
    .join("\n");

  test.each(rows)("tells where to find the word %s: at %s", (_word, name) => {
    expect(source).toMatch(new RegExp(`\\b(?:interface|type|class|function|const) ${name}\\b`));
  });

  test("has one line for a word", () => {
    const words = rows.map(([word]) => word);

    expect(words.length).toBeGreaterThan(30);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  test("is linked from CONTRIBUTING.md", () => {
    expect(read("CONTRIBUTING.md")).toContain("(docs/glossary.md)");
  });
});

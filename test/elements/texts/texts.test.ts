import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../../scripts/native.mjs";
import { de } from "../../../src/elements/texts/de.ts";
import { en } from "../../../src/elements/texts/en.ts";
import { loadTexts } from "../../../src/elements/texts/load.ts";

const slotsOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([slot]) => slot).sort();

describe("the labels of the elements", () => {
  test("have the same slots in every language", () => {
    const differing = Object.entries(en).filter(
      ([name, text]) => String(slotsOf(text)) !== String(slotsOf(de[name as keyof typeof en])),
    );

    expect(differing).toEqual([]);
  });

  test("are all shown somewhere", () => {
    const source = globSync("src/elements/**/*.ts", { cwd: root })
      .filter((file) => !file.includes("/texts/"))
      .map((file) => readFileSync(join(root, file), "utf8"))
      .join("\n");
    // A rule's label goes by the rule's name.
    const unused = Object.keys(en).filter(
      (name) => !name.startsWith("rule_") && !new RegExp(`\\b${name}\\b`).test(source),
    );

    expect(unused).toEqual([]);
  });
});

describe("the words that are loaded", () => {
  test.each([
    ["de", de, "de"],
    ["de-AT", de, "de-AT"],
    ["en-GB", en, "en-GB"],
    ["fr", en, "en"],
    ["", en, "en"],
  ])("for %j", async (tag, labels, language) => {
    expect(await loadTexts(tag, {})).toMatchObject({ labels, language });
  });

  test("are an application's own before ours", async () => {
    const { labels, errors } = await loadTexts("en", {});
    const own = { labels: { ...labels, sign_in: "Log in" }, errors };

    expect(await loadTexts("en-US", { en: own })).toMatchObject({ labels: own.labels });
    expect(await loadTexts("fr-CA", { fr: async () => own })).toMatchObject({
      labels: own.labels,
      language: "fr-CA",
    });
  });
});

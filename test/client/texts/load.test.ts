import { expect, test } from "vitest";
import { loadTexts } from "../../../src/client.ts";

test.each([
  [["de-AT", "en"], "de"],
  [["fr", "DE"], "de"],
  [["en-GB", "de"], "en"],
  [["fr"], "en"],
  [["constructor"], "en"],
  [[], "en"],
])("for the languages %j the texts are in %s", async (wanted, language) => {
  expect(await loadTexts(wanted)).toMatchObject({ language });
});

test("the texts are in the browser's language where none is asked for", async () => {
  const [first = "en"] = navigator.languages;

  expect((await loadTexts()).language).toBe(first.startsWith("de") ? "de" : "en");
});

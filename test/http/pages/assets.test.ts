import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { pagesScript, pagesScriptFile } from "../../../scripts/pages-script.mjs";
import { assets, script, style } from "../../../src/http/pages/assets.ts";

test("the script and the style are those that their sources make: else run `npm run pages:script`", async () => {
  expect(readFileSync(pagesScriptFile, "utf8")).toBe(await pagesScript());
});

test("a page begins with files that there are", () => {
  expect(Object.keys(assets)).toEqual(expect.arrayContaining([script, style]));
});

test("no part of the script writes markup, runs text or calls another host", () => {
  const all = Object.values(assets).join("\n");

  expect(all).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
  );
  expect(all).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
});

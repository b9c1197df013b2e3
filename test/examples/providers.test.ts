import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../../scripts/native.mjs";
import { capabilities } from "../../src/domain/capabilities.ts";

const page = read("docs/providers.md");

/** The package's entries, by where the tests find them. */
const entries = {
  "../../../src/index.ts": "portico",
  "../../../src/adapters/jwt/index.ts": "portico/jwt",
  "../../../src/adapters/memory/index.ts": "portico/memory",
  "../../../src/testing/index.ts": "portico/testing",
};

describe("docs/providers.md", () => {
  test.each([
    "provider/harness.ts",
    "provider/contract.test.ts",
    "partial-provider/identity-provider.ts",
  ])("shows %s as it is run", (name) => {
    let source = read(`test/examples/${name}`);
    for (const [path, entry] of Object.entries(entries))
      source = source.replaceAll(`"${path}"`, `"${entry}"`);

    expect(page).toContain(`\`\`\`ts\n${source}\`\`\`\n`);
  });

  test("shows no other code", () => {
    expect(page.match(/^```ts$/gm)).toHaveLength(3);
  });

  test("names every capability", () => {
    for (const name of capabilities) expect(page).toContain(`| \`${name}\` |`);
  });

  test("names every control of a harness", () => {
    const harness = read("src/testing/identity-provider/harness.ts");
    const [, members = ""] = /interface HarnessControls \{\n(.+?)\n\}/s.exec(harness) ?? [];
    const controls = [...members.matchAll(/^ {2}readonly (\w+):/gm)].map(([, name]) => name);

    expect(controls.length).toBeGreaterThan(10);
    for (const name of controls) expect(page).toContain(`| \`${name}\` |`);
  });
});

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

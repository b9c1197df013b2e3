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
  test.each(["provider/harness.ts", "provider/contract.test.ts"])(
    "shows %s as it is run",
    (name) => {
      let source = read(`test/examples/${name}`);
      for (const [path, entry] of Object.entries(entries))
        source = source.replaceAll(`"${path}"`, `"${entry}"`);

      expect(page).toContain(`\`\`\`ts\n${source}\`\`\`\n`);
    },
  );

  test.each(["identity-provider.ts", "index.ts"])(
    "shows %s as it is in an adapter's folder",
    (name) => {
      const source = inFolder(read(`test/examples/partial-provider/${name}`));

      expect(page).toContain(`\`\`\`ts\n${source}\`\`\`\n`);
    },
  );

  test.each(["identity-provider.ts", "index.ts", "directory.ts", "attempts.ts", "token-issuer.ts"])(
    "has an example whose %s imports what an adapter may",
    (name) => {
      const source = inFolder(read(`test/examples/partial-provider/${name}`));
      const imported = [...source.matchAll(/ from "(.+)";$/gm)].map(([, path = ""]) => path);

      expect(imported.length).toBeGreaterThan(0);
      expect(imported.filter((path) => !mayImport(name, path))).toEqual([]);
    },
  );

  test("shows no other code", () => {
    expect(page.match(/^```ts$/gm)).toHaveLength(4);
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

/** The source of the example with the paths that it has in a folder of `src/adapters`. */
function inFolder(source: string): string {
  return source
    .replaceAll('"../../../src/adapters/', '"../')
    .replaceAll('"../../../src/', '"../../');
}

/** As in test/architecture.test.ts, which sees the files of `src` alone. */
function mayImport(name: string, path: string): boolean {
  if (path === "zod/mini") return name === "index.ts";
  return /^(?:\.\/|\.\.\/(?:jwt|shared)\/|\.\.\/\.\.\/(?:domain|ports)\/[^/]+$|jose\/)/.test(path);
}

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

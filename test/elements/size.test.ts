import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { root } from "../../scripts/native.mjs";

/** The most that a page loads to show a screen, gzipped, in KiB: elements, style, English words and the client. */
const maximumKiB = 30;

/** Bundles the elements as an application would, and gives the sizes of the parts, gzipped, and what they import. */
async function bundled() {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["src/elements.ts"],
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    outdir: "out",
  });
  const sizes = new Map(
    outputFiles.map(({ path, contents }) => [
      path.slice(root.length).replace(/^\//, ""),
      gzipSync(contents, { level: 9 }).length,
    ]),
  );
  return { outputs: metafile.outputs, sizes };
}

test("the elements are no bigger than a page can bear", async () => {
  const { outputs, sizes } = await bundled();
  const needed = new Set<string>();
  const add = (path: string) => {
    if (needed.has(path)) return;
    needed.add(path);
    for (const { path: other, kind } of outputs[path]?.imports ?? []) {
      if (kind === "import-statement") add(other);
    }
  };
  const entry = Object.keys(outputs).find(
    (path) => outputs[path]?.entryPoint === "src/elements.ts",
  );
  const words = Object.keys(outputs).filter((path) => /\/en-\w+\.js$/.test(path));

  for (const path of [entry ?? "", ...words]) add(path);
  const bytes = [...needed].reduce((sum, path) => sum + (sizes.get(path) ?? Number.NaN), 0);

  expect(words).toHaveLength(2);
  expect(bytes).toBeGreaterThan(15 * 1024);
  expect(bytes / 1024).toBeLessThanOrEqual(maximumKiB);
});

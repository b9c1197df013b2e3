import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { root } from "../../scripts/native.mjs";

/** The size that the core may have, minified and gzipped. */
const mostBytes = 5 * 1024;

/** Bundles the client as a page would, with what is loaded when it is used split off. */
async function bundle() {
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { client: "src/client.ts" },
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    outdir: "/",
    write: false,
    metafile: true,
  });
  const named = (path: string) => path.slice(path.lastIndexOf("/") + 1);
  const texts = new Map(outputFiles.map(({ path, contents }) => [named(path), contents]));
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([path, output]) => [named(path), output]),
  );
  /** A file and those that have to be there before it runs. */
  const needed = (file: string): readonly string[] => [
    file,
    ...(outputs.get(file)?.imports ?? [])
      .filter(({ kind }) => kind === "import-statement")
      .flatMap(({ path }) => needed(named(path))),
  ];
  const core = [...new Set(needed("client.js"))];
  const inputsOf = (file: string) => Object.keys(outputs.get(file)?.inputs ?? {});
  return {
    texts,
    core,
    inputs: core.flatMap(inputsOf),
    all: [...outputs.keys()].flatMap(inputsOf),
  };
}

describe("the client", () => {
  test("is no larger than it may be, with sign-up, sign-in, session and errors", async () => {
    const { texts, core } = await bundle();

    const bytes = core.map((file) => gzipSync(texts.get(file) ?? "", { level: 9 }).byteLength);

    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(mostBytes);
  });

  test("loads the rest when it is used", async () => {
    const { inputs, all } = await bundle();
    const late =
      /uqr|\/(passkeys|webauthn|account|administration)\/|texts\/(en|de)\.ts|channel-lock/;

    expect(inputs.filter((path) => late.test(path))).toEqual([]);
    expect(all.filter((path) => late.test(path)).length).toBeGreaterThan(8);
  });

  test("has no dependency but the one that draws codes, which is bundled", async () => {
    const { all } = await bundle();

    const packages = all.flatMap((path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? []);
    expect([...new Set(packages)]).toEqual(["uqr"]);
  });
});

// Writes src/http/pages/assets.ts: the script and the style of the sign-in pages, bundled and minified, as texts that every
// runtime can serve, under names that change with them.
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import process from "node:process";
import { build, transform } from "esbuild";
import { elementsStyle } from "../src/elements/style.ts";
import { pageStyle } from "../src/http/pages/page-style.ts";
import { root } from "./native.mjs";

export const pagesScriptFile = join(root, "src", "http", "pages", "assets.ts");

/**
 * Bundles a script for browsers, in parts: what it loads later is a file of its own.
 *
 * @param {string} entry - from the root
 */
export async function browserScripts(entry) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    write: false,
    splitting: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    minify: true,
    outdir: "out",
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
  });
  const files = outputFiles.map(({ path, text }) => ({ name: basename(path), text }));
  const begin = `${basename(entry, ".ts")}-`;
  // The entry comes first.
  return files.toSorted(({ name }, other) => rank(name) - rank(other.name));

  /** @param {string} name */
  function rank(name) {
    return name.startsWith(begin) ? 0 : 1;
  }
}

/** Gives the text that belongs into that file. */
export async function pagesScript() {
  const scripts = await browserScripts("src/http/pages/browser/app.ts");
  const { code } = await transform(elementsStyle + pageStyle, { loader: "css", minify: true });
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 8).toUpperCase();
  const style = { name: `style-${hash}.css`, text: code };
  const lines = [...scripts, style].map(
    ({ name, text }) => `  "${name}": \`${text.replace(/[\\`]|\$\{/g, "\\$&")}\`,`,
  );
  return [
    "/** The script and the style of the pages, made of `browser/` and `src/elements` by `npm run pages:script`. */",
    "export const assets = {",
    ...lines,
    "} as const;",
    "",
    "/** The name of the script that a page begins with. */",
    `export const script = "${scripts[0]?.name}";`,
    "",
    "/** The name of the style. */",
    `export const style = "${style.name}";`,
    "",
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) writeFileSync(pagesScriptFile, await pagesScript());

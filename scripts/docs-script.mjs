// Writes src/http/docs/script.ts: the script of /docs, bundled and minified, as a text that every runtime can serve.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { root } from "./native.mjs";

export const docsScriptFile = join(root, "src", "http", "docs", "script.ts");

/** Gives what belongs into that file. */
export async function docsScript() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ["src/http/docs/browser/app.ts"],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    charset: "utf8",
    minify: true,
  });
  const script = outputFiles.map(({ text }) => text).join("");
  return [
    "/** The script of the page, made of the files in `browser/` by `npm run docs:script`. */",
    `export const script = \`${script.replace(/[\\`]|\$\{/g, "\\$&")}\`;`,
    "",
  ].join("\n");
}

if (process.argv[1] === import.meta.filename) writeFileSync(docsScriptFile, await docsScript());

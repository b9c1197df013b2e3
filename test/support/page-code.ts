import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { root } from "../../scripts/native.mjs";

/** A block of code in a page: the language it is marked with, and its text. */
export interface PageCode {
  readonly language: string;
  readonly text: string;
}

/** The blocks of code in a page, in their order; those without a language are pictures. */
export function codeOf(page: string): readonly PageCode[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language = "", code = ""]) => ({
    language,
    text: code,
  }));
}

/** Runs statements of a page that are no whole file: with the names given, its imports among them, and gives back some. */
export function runFragment(
  { text }: PageCode,
  given: Readonly<Record<string, unknown>>,
  wanted: readonly string[],
): Promise<Readonly<Record<string, unknown>>> {
  const statements = stripTypeScriptTypes(text).replaceAll(/^import [^;]*;$/gm, "");
  const make = new Function(
    ...Object.keys(given),
    `return (async () => { ${statements}\nreturn { ${wanted.join(", ")} }; })()`,
  );
  return make(...Object.values(given));
}

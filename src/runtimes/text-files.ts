import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Reads the templates of mails in a folder, and no other files of it, by their names. */
export function readTextFiles(folder: string): ReadonlyMap<string, string> {
  const names = readdirSync(folder).filter((name) => /\.(?:txt|html)$/.test(name));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

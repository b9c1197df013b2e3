import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { version } from "../../service/version.ts";

/**
 * Gives the version of Portico that a new project is to depend on: the one that this command is of, by its file where it was
 * installed from one, as `npx --package=./portico.tgz` does.
 */
export function ownVersion(): string {
  const [, place] = /^(.*)[\\/]node_modules[\\/]portico[\\/]/.exec(
    fileURLToPath(import.meta.url),
  ) ?? [undefined, undefined];
  if (place === undefined) return version;
  try {
    const lock = JSON.parse(readFileSync(join(place, "node_modules/.package-lock.json"), "utf8"));
    const from: unknown = lock.packages?.["node_modules/portico"]?.resolved;
    if (typeof from !== "string" || !from.startsWith("file:")) return `^${version}`;
    return `file:${resolve(place, decodeURI(from.slice("file:".length)))}`;
  } catch {
    return `^${version}`;
  }
}

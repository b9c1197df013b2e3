import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "../command.ts";
import type { ProjectFiles } from "./project-files.ts";

/** The folder of a repository that has nothing in it yet. */
const empty = [".git"];

/**
 * Makes sure that a folder has nothing in it that could be overwritten.
 *
 * @throws {UsageError} for one that has, and for what is no folder
 */
export function checkEmpty(folder: string, name: string): void {
  try {
    const inside = readdirSync(folder).filter((entry) => !empty.includes(entry));
    if (inside.length === 0) return;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return;
    throw new UsageError(`${name} is no folder that can be read.`, { cause });
  }
  throw new UsageError(
    `${name} is not empty, and nothing in it is to be overwritten: name another folder.`,
  );
}

/** Writes the files of a project into a folder that has none of them: a file that has come meanwhile stays as it is. */
export function writeProject(folder: string, files: ProjectFiles): void {
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx", mode: path === ".env" ? 0o600 : 0o644 });
  }
}

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import type { Environment } from "../adapters/shared/settings.ts";
import { type Given, type OptionForm, UsageError } from "./command.ts";
import type { Terminal } from "./terminal.ts";

/** The option that names a file of settings. */
export const envFileOption: OptionForm = {
  value: "file",
  isList: true,
  text: "read settings from a file of NAME=value lines; the environment goes before it,\nand a later file before an earlier one",
};

/**
 * Gives the environment with the settings of the files that were named.
 *
 * @throws {UsageError} for a file that cannot be read
 */
export function readEnvFiles(given: Given, { environment, folder }: Terminal): Environment {
  const files = given.list("env-file").map((file) => {
    try {
      return parseEnv(readFileSync(resolve(folder, file), "utf8"));
    } catch (cause) {
      throw new UsageError(`${file} cannot be read.`, { cause });
    }
  });
  return Object.assign({}, ...files, environment);
}

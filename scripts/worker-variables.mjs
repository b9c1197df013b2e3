// Reads which variables a Worker is to run with.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { root } from "./native.mjs";

/**
 * Gives the variables that Wrangler is to give the Worker, as far as files tell: `vars` of `wrangler.jsonc`, which an
 * environment has of its own, and in development `.dev.vars` before them. What is set in the dashboard, or as a secret,
 * is not known here.
 *
 * @param {{ environment?: string | undefined, isDevelopment?: boolean, folder?: string }} place - `folder` has
 *   `wrangler.jsonc` in it
 * @returns {import("./worker-adapters.mjs").Variables}
 * @throws {Error} where `wrangler.jsonc` has no environment of that name
 */
export function workerVariables({ environment, isDevelopment = false, folder = root }) {
  const config = parseJsonc(readFileSync(join(folder, "wrangler.jsonc"), "utf8"));
  const part = environment ? config.env?.[environment] : config;
  if (!part) throw new Error(`wrangler.jsonc has no environment ${environment}`);
  return { ...part.vars, ...(isDevelopment && developmentVariables(folder, environment)) };
}

/**
 * Reads JSON with comments, and commas before a closing bracket.
 * @param {string} text
 */
export function parseJsonc(text) {
  const string = /"(?:\\.|[^"\\])*"/.source;
  const without = (/** @type {string} */ from, /** @type {string} */ rest) =>
    from.replace(new RegExp(`(${string})|${rest}`, "g"), (_, kept = "") => kept);
  const comments = String.raw`\/\/.*|\/\*[^]*?\*\/`;
  return JSON.parse(without(without(text, comments), String.raw`,(?=\s*[\]}])`));
}

/**
 * Gives what Wrangler reads besides when it serves a Worker on this machine: the first kind of file that there is.
 *
 * @param {string} folder
 * @param {string | undefined} environment
 * @see https://developers.cloudflare.com/workers/configuration/environment-variables/
 */
function developmentVariables(folder, environment) {
  const read = (/** @type {string} */ name) => {
    const file = join(folder, name);
    return existsSync(file) ? [parseEnv(readFileSync(file, "utf8"))] : [];
  };
  const own = environment ? [`.${environment}`] : [];
  const [devVars] = [...own, ""].flatMap((suffix) => read(`.dev.vars${suffix}`));
  if (devVars) return devVars;
  const suffixes = ["", ".local", ...own, ...own.map((suffix) => `${suffix}.local`)];
  return Object.assign({}, ...suffixes.flatMap((suffix) => read(`.env${suffix}`)));
}

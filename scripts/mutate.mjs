// Changes the source in every way that Stryker knows and sees whether a test notices; takes about an hour.
//   npm run test:mutation [-- --mutate src/adapters/jwt/tokens/base64url.ts]
// What no test notices must be explained in tools/mutation/survivors.json, and what is explained there must be so.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./native.mjs";

/**
 * @typedef {{ line: number, column: number }} Position
 * @typedef {{ mutatorName: string, replacement?: string, status: string, location: { start: Position, end: Position } }} Mutant
 * @typedef {{ source: string, mutants: Mutant[] }} MutatedFile
 * @typedef {{ file: string, line: number, text: string, mutator: string, original: string, replacement: string }} Survivor
 * @typedef {{ reason: string, mutator?: string, within?: string, mutants?: { file: string, original: string, replacement: string }[] }} Explanation
 */

const folder = join(root, "tools", "mutation");

installStryker();
const status = run(join(folder, "node_modules", ".bin", "stryker"), [
  "run",
  join(folder, "stryker.config.json"),
  ...process.argv.slice(2),
]);
if (status !== 0) process.exit(status);

/** @type {{ files: Record<string, MutatedFile> }} */
const { files } = readJson(join(root, "coverage", "mutation.json"));
/** @type {Explanation[]} */
const explanations = readJson(join(folder, "survivors.json"));
const survivors = Object.entries(files).flatMap(([file, mutated]) => survivorsOf(file, mutated));
const unexplained = survivors.filter(
  (survivor) => !explanations.some((each) => explains(each, survivor)),
);
const stale = explanations.flatMap(staleParts);
for (const { file, line, text, original, replacement } of unexplained) {
  console.log(`survived: ${file}:${line} ${text.trim()}\n  ${original}  ->  ${replacement}`);
}
for (const part of stale) console.log(`explained, but no survivor: ${part}`);
const summary = summarize();
console.log(summary);
if (process.argv.length === 2) writeFileSync(join(folder, "results.md"), resultsPage(summary));
process.exit(unexplained.length + stale.length > 0 ? 1 : 0);

/** A project of its own, so that nobody else installs it. */
function installStryker() {
  if (existsSync(join(folder, "node_modules"))) return;
  const code = run("npm", [
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--prefix",
    folder,
  ]);
  if (code !== 0) process.exit(code);
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  return spawnSync(command, args, { cwd: root, stdio: "inherit" }).status ?? 1;
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** @param {string} file @param {MutatedFile} mutated @returns {Survivor[]} */
function survivorsOf(file, { source, mutants }) {
  const lines = source.split("\n");
  return mutants
    .filter((mutant) => mutant.status === "Survived" || mutant.status === "NoCoverage")
    .map(({ mutatorName, replacement = "", location }) => ({
      file,
      line: location.start.line,
      text: lines[location.start.line - 1] ?? "",
      mutator: mutatorName,
      original: oneLine(cut(lines, location)),
      replacement: oneLine(replacement),
    }));
}

/** @param {string[]} lines @param {Mutant["location"]} location */
function cut(lines, { start, end }) {
  const part = lines.slice(start.line - 1, end.line);
  const last = part.length - 1;
  part[last] = (part[last] ?? "").slice(0, end.column - 1);
  part[0] = (part[0] ?? "").slice(start.column - 1);
  return part.join("\n");
}

/** @param {string} text */
function oneLine(text) {
  return text.replace(/\s+/g, " ");
}

/** @param {Explanation} explanation @param {Survivor} survivor */
function explains({ mutator, within, mutants = [] }, survivor) {
  const isOfKind =
    within !== undefined && mutator === survivor.mutator && new RegExp(within).test(survivor.text);
  return isOfKind || mutants.some((mutant) => isSame(mutant, survivor));
}

/** @param {{ file: string, original: string, replacement: string }} mutant @param {Survivor} survivor */
function isSame({ file, original, replacement }, survivor) {
  return (
    survivor.file === file && survivor.original === original && survivor.replacement === replacement
  );
}

/** Explanations that have outlived their mutants; those of files that were left out this time are passed over. */
/** @param {Explanation} explanation @returns {string[]} */
function staleParts({ mutants = [] }) {
  return mutants
    .filter(({ file }) => files[file] !== undefined)
    .filter((mutant) => !survivors.some((survivor) => isSame(mutant, survivor)))
    .map(({ file, original, replacement }) => `${file}: ${original}  ->  ${replacement}`);
}

function summarize() {
  const all = Object.values(files).flatMap(({ mutants }) => mutants);
  const killed = all.filter(({ status: end }) => end === "Killed" || end === "Timeout").length;
  return `${all.length} mutants, ${killed} noticed, ${survivors.length} not, of which ${survivors.length - unexplained.length} are explained`;
}

/** @param {string} text */
function resultsPage(text) {
  const counted = explanations.map(({ reason, ...rest }) => {
    const count = survivors.filter((survivor) => explains({ reason, ...rest }, survivor)).length;
    return `| ${count} | ${reason} |`;
  });
  return [
    "# Mutation testing",
    "Written by `npm run test:mutation`.",
    `${text}.`,
    ["| mutants | why no test notices |", "| --- | --- |", ...counted].join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

// Changes the source in every way that Stryker knows and sees whether a test notices; takes an hour or two.
//   npm run test:mutation [-- --mutate src/adapters/jwt/format,src/http/problem.ts] [other options of Stryker's]
// `--missing` leaves out the files that are as they were when they were last run: what was found of them is kept in
// tools/mutation/results.json, with a digest of each, so that a run can be done in parts, and on more than one machine.
// With `--incremental` a run that broke off goes on. Changes to what a module makes as it loads are not tried again for a
// new test then: `--force` does.
// What no test notices must be explained in tools/mutation/survivors.json, and what is explained there must be so.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./native.mjs";

/**
 * @typedef {{ name: string, mutate: string[], except: string[], tests: string[] }} Group
 * @typedef {{ line: number, column: number }} Position
 * @typedef {{ mutatorName: string, replacement?: string, status: string, location: { start: Position, end: Position } }} Mutant
 * @typedef {{ source: string, mutants: Mutant[] }} MutatedFile
 * @typedef {{ digest: string, mutants: number, survivors: Omit<Survivor, "file">[] }} Found
 * @typedef {{ file: string, line: number, text: string, mutator: string, original: string, replacement: string }} Survivor
 * @typedef {{ file: string, line?: string, original: string, replacement: string }} ExplainedMutant
 * @typedef {{ reason: string, mutator?: string, within?: string, mutants?: ExplainedMutant[] }} Explanation
 */

const folder = join(root, "tools", "mutation");
const resultsFile = join(folder, "results.json");
const { wanted, missing, options } = readArguments(process.argv.slice(2));

installStryker();
/** @type {Group[]} */
const groups = readJson(join(folder, "groups.json"));
const before = foundBefore();
const files = { ...before };
for (const group of groups) {
  Object.assign(files, mutateGroup(group));
  writeFileSync(resultsFile, `${JSON.stringify(files, undefined, 2)}\n`);
}
/** @type {Explanation[]} */
const explanations = readJson(join(folder, "survivors.json"));
const isWhole = groups.every((group) => filesOf(group).every((file) => files[file]));
const survivors = Object.entries(files).flatMap(([file, found]) =>
  found.survivors.map((survivor) => ({ file, ...survivor })),
);
const unexplained = survivors.filter(
  (survivor) => !explanations.some((each) => explains(each, survivor)),
);
const stale = explanations.flatMap(staleParts);
for (const { file, line, text, original, replacement } of unexplained) {
  console.log(`survived: ${file}:${line} ${text.trim()}\n  ${original}  ->  ${replacement}`);
}
for (const part of stale) console.log(`explained, but no survivor: ${part}`);
const counts = [
  ...groups.map((group) => countsOf(group.name, filesOf(group))),
  countsOf("all", groups.flatMap(filesOf)),
];
console.table(counts);
writeFileSync(join(folder, "results.md"), resultsPage());
process.exit(unexplained.length + stale.length > 0 || Object.keys(files).length === 0 ? 1 : 0);

/** @param {string[]} args */
function readArguments(args) {
  const missing = args.includes("--missing");
  const options = args.filter((arg) => arg !== "--missing");
  const at = options.indexOf("--mutate");
  if (at < 0) return { missing, options };
  const [, list = ""] = options.splice(at, 2);
  return { wanted: list.split(","), missing, options };
}

/** A project of its own, so that nobody else installs it. */
function installStryker() {
  if (existsSync(join(folder, "node_modules"))) return;
  const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefix", folder];
  const code = run("npm", ["ci", ...options]);
  if (code !== 0) process.exit(code);
}

/** @param {Group} group @returns {Record<string, Found>} */
function mutateGroup(group) {
  const mutated = filesOf(group).filter((file) => isWanted(file) && !(missing && before[file]));
  if (mutated.length === 0) return {};
  const config = join(folder, "stryker.config.json");
  // Read and written with `--incremental` only. One for each group, as each has its own tests.
  const incrementalFile = join("coverage", "mutation-incremental", `${group.name}.json`);
  const fixed = ["--mutate", mutated.join(","), "--incrementalFile", incrementalFile];
  const args = ["run", config, ...fixed, ...options];
  const stryker = join(folder, "node_modules", ".bin", "stryker");
  const code = run(stryker, args, { MUTATION_GROUP: group.name });
  if (code !== 0) process.exit(code);
  /** @type {Record<string, MutatedFile>} */
  const report = readJson(join(root, "coverage", "mutation.json")).files;
  return Object.fromEntries(
    Object.entries(report)
      .filter(([file]) => mutated.includes(file))
      .map(([file, mutatedFile]) => [file, foundIn(mutatedFile)]),
  );
}

/** @param {MutatedFile} mutated @returns {Found} */
function foundIn(mutated) {
  return {
    digest: digestOf(mutated.source),
    mutants: mutated.mutants.length,
    survivors: survivorsOf(mutated),
  };
}

/** The findings of files that are as they were then. @returns {Record<string, Found>} */
function foundBefore() {
  if (!existsSync(resultsFile)) return {};
  /** @type {Record<string, Found>} */
  const known = readJson(resultsFile);
  return Object.fromEntries(
    groups.flatMap(filesOf).flatMap((file) => {
      const found = known[file];
      const source = readFileSync(join(root, file), "utf8");
      return found?.digest === digestOf(source) ? [[file, found]] : [];
    }),
  );
}

/** @param {string} text */
function digestOf(text) {
  return createHash("sha256").update(text).digest("base64url").slice(0, 22);
}

/** @param {Group} group */
function filesOf({ mutate, except }) {
  return globSync(mutate, { cwd: root, exclude: except }).sort();
}

/** @param {string} file */
function isWanted(file) {
  return !wanted || wanted.some((path) => file === path || file.startsWith(`${path}/`));
}

/** @param {string} command @param {string[]} args @param {Record<string, string>} env */
function run(command, args, env = {}) {
  const options = { cwd: root, stdio: /** @type {const} */ ("inherit") };
  return spawnSync(command, args, { ...options, env: { ...process.env, ...env } }).status ?? 1;
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** @param {MutatedFile} mutated @returns {Found["survivors"]} */
function survivorsOf({ source, mutants }) {
  const lines = source.split("\n");
  return mutants.filter(isSurvivor).map(({ mutatorName, replacement = "", location }) => ({
    line: location.start.line,
    text: lines[location.start.line - 1] ?? "",
    mutator: mutatorName,
    original: oneLine(cut(lines, location)),
    replacement: oneLine(replacement),
  }));
}

/** @param {Mutant} mutant */
function isSurvivor({ status }) {
  return status === "Survived" || status === "NoCoverage";
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
function explains(explanation, survivor) {
  const { mutants = [] } = explanation;
  return isOfKind(explanation, survivor) || mutants.some((mutant) => isSame(mutant, survivor));
}

/** @param {Explanation} explanation @param {Survivor} survivor */
function isOfKind({ mutator, within }, survivor) {
  if (within === undefined) return false;
  return mutator === survivor.mutator && new RegExp(within).test(survivor.text);
}

/** @param {ExplainedMutant} mutant @param {Survivor} survivor */
function isSame({ file, line, original, replacement }, survivor) {
  if (line !== undefined && line !== survivor.text.trim()) return false;
  return (
    survivor.file === file && survivor.original === original && survivor.replacement === replacement
  );
}

/**
 * Explanations that have outlived their mutants; those of files that were left out this time are passed over.
 * @param {Explanation} explanation
 * @returns {string[]}
 */
function staleParts(explanation) {
  const { mutants = [], mutator, within } = explanation;
  const gone = mutants
    .filter(({ file }) => isWhole || files[file] !== undefined)
    .filter((mutant) => !survivors.some((survivor) => isSame(mutant, survivor)))
    .map(({ file, original, replacement }) => `${file}: ${original}  ->  ${replacement}`);
  const isKindGone =
    isWhole && within !== undefined && !survivors.some((each) => isOfKind(explanation, each));
  return isKindGone ? [...gone, `${mutator} within ${within}`] : gone;
}

/** @param {string} group @param {string[]} ours */
function countsOf(group, ours) {
  const isOurs = (/** @type {{ file: string }} */ { file }) => ours.includes(file);
  const run = ours.filter((file) => files[file]).length;
  const mutants = ours.reduce((sum, file) => sum + (files[file]?.mutants ?? 0), 0);
  const survived = survivors.filter(isOurs).length;
  const open = unexplained.filter(isOurs).length;
  return {
    group,
    files: `${run} of ${ours.length}`,
    mutants,
    noticed: mutants - survived,
    explained: survived - open,
    unexplained: open,
  };
}

function resultsPage() {
  const counted = counts.map((each) => `| ${Object.values(each).join(" | ")} |`);
  const reasons = explanations.flatMap((each) => {
    const count = survivors.filter((survivor) => explains(each, survivor)).length;
    return count > 0 ? [`| ${count} | ${each.reason} |`] : [];
  });
  return [
    "# Mutation testing",
    "Written by `npm run test:mutation`.",
    [
      "| group | files run | mutants | noticed | explained | unexplained |",
      "| --- | --- | --- | --- | --- | --- |",
      ...counted,
    ].join("\n"),
    ["| mutants | why no test notices |", "| --- | --- |", ...reasons].join("\n"),
  ]
    .join("\n\n")
    .concat("\n");
}

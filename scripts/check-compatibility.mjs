// Holds the built packages against the oldest and the newest of what they are said to work with, and against those who
// judge packages. tools/package has them all.
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import process from "node:process";
import { service } from "./build-package.mjs";
import { installTool } from "./install-tool.mjs";
import { root } from "./native.mjs";
import { packages } from "./packages.mjs";
import { makePackedProject } from "./packed-project.mjs";

/** @typedef {import("./packed-project.mjs").PackedProject} PackedProject */

/** The most packages that an installation brings, the package itself included. */
const mostPackages = new Map([
  ["portico-jwt", 2],
  ["portico-client", 1],
]);

/** Those who judge packages, by their commands. Whoever cannot `import` is out: all packages are modules. */
const judges = [
  ["publint/src/cli.js", "--strict"],
  ["@arethetypeswrong/cli/dist/index.js", "--profile", "esm-only", "--format", "ascii"],
];

/** The places that types are loaded in, by what a project there has of libraries and types. */
const places = {
  "Node.js": { lib: ["es2022"], types: ["node"], module: "nodenext" },
  "a server": { lib: ["es2023", "dom"], types: ["node"], module: "nodenext" },
  Workers: { lib: ["es2022"], types: ["@cloudflare/workers-types"], module: "esnext" },
  "a page": { lib: ["es2022", "dom"], types: [], module: "esnext" },
};

/** @type {readonly { name: string, uses: readonly string[], place: keyof typeof places }[]} */
const typedUses = [
  { name: "portico-jwt", uses: ["verifier.ts"], place: "Node.js" },
  // Hono's own types are in need of those of pages.
  { name: "portico-jwt", uses: ["frameworks.ts"], place: "a server" },
  { name: "portico-jwt", uses: ["verifier.ts"], place: "Workers" },
  { name: "portico-jwt", uses: ["verifier.ts"], place: "a page" },
  { name: "portico-client", uses: ["client.ts", "elements.ts"], place: "a page" },
  { name: "portico-client", uses: ["client.ts"], place: "Node.js" },
  { name: "portico", uses: ["whole.ts"], place: "a server" },
];

/** The frameworks that a project has, by the age of what it is made of. */
const frameworks = {
  oldest: { hono: "hono-4.6", fastify: "fastify-4" },
  newest: { hono: "hono-4", fastify: "fastify-5" },
};

const tools = join(installTool("package"), "node_modules");
/** @type {string[]} */
const faults = [];

/**
 * Runs a program, and takes its failure for a fault.
 * @param {string} subject
 * @param {readonly string[]} command
 * @param {string} [cwd]
 */
function hold(subject, [program = "", ...args], cwd = root) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (status === 0) console.log(`${subject}: holds`);
  else faults.push(`${subject}: ${stdout}${stderr}`);
}

/** @param {PackedProject} project */
function holdForJudges({ pack, tarball }) {
  for (const [judge = "", ...options] of judges) {
    const [name] = /^@?[\w/]+?(?=\/(?:src|cli|dist))/.exec(judge) ?? [judge];
    hold(`${pack.name} before ${name}`, [
      process.execPath,
      join(tools, judge),
      tarball,
      ...options,
    ]);
  }
}

/**
 * Installs a package from its tarball, with nothing to download from, and counts what came along.
 * @param {PackedProject} project
 */
function holdInstallation({ pack, tarball }) {
  const most = mostPackages.get(pack.name);
  if (most === undefined) return;
  const folder = mkdtempSync(join(tmpdir(), "portico-installed-"));
  const options = ["--offline", "--no-audit", "--no-fund", "--no-save"];
  execFileSync("npm", ["install", ...options, "--prefix", folder, tarball], { stdio: "ignore" });
  const lock = readFileSync(join(folder, "node_modules", ".package-lock.json"), "utf8");
  const names = Object.keys(JSON.parse(lock).packages);
  rmSync(folder, { recursive: true });
  console.log(`npm install ${pack.name}: ${names.length} packages`);
  if (names.length > most) faults.push(`${pack.name} brings along ${names.join(", ")}`);
}

/**
 * Makes a project that has all packages, and the frameworks of one age.
 * @param {readonly PackedProject[]} projects
 * @param {keyof typeof frameworks} age
 */
function makeProject(projects, age) {
  const folder = mkdtempSync(join(tmpdir(), `portico-${age}-`));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  for (const { installed, pack } of projects) {
    cpSync(installed, join(modules, pack.name), { recursive: true });
    // Where the package itself looks first, so that its own are not those of the project.
    for (const name of Object.keys(pack.dependencies)) {
      link(join(root, "node_modules", name), join(modules, pack.name, "node_modules", name));
    }
  }
  for (const name of readdirSync(tools).filter((entry) => /^[\w@]/.test(entry))) {
    link(join(tools, name), join(modules, name));
  }
  for (const [name, alias] of Object.entries(frameworks[age])) {
    link(join(tools, alias), join(modules, name));
  }
  for (const part of ["uses", "run"]) {
    cpSync(join(tools, "..", part), join(folder, part), { recursive: true });
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  writeWhole(folder, projects);
  return folder;
}

/**
 * Writes a module that takes every entry of every package which has no use of its own.
 * @param {string} folder
 * @param {readonly PackedProject[]} projects
 */
function writeWhole(folder, projects) {
  const subpaths = projects
    .filter(({ pack }) => pack.name === "portico")
    .flatMap(({ pack }) => Object.keys(pack.entries));
  const lines = subpaths.map(
    (subpath, at) => `export * as entry${at} from "${subpath.replace(/^\./, "portico")}";\n`,
  );
  writeFileSync(join(folder, "uses", "whole.ts"), lines.join(""));
}

/** @param {string} target @param {string} path */
function link(target, path) {
  mkdirSync(dirname(path), { recursive: true });
  rmSync(path, { recursive: true, force: true });
  symlinkSync(target, path);
}

/**
 * Loads the types, with those of the dependencies, as the strictest of projects does.
 * @param {string} folder
 * @param {keyof typeof frameworks} age
 */
function holdTypes(folder, age) {
  for (const { name, uses, place } of typedUses) {
    const { module, lib, types } = places[place];
    const moduleResolution = module === "nodenext" ? "nodenext" : "bundler";
    const strictest = { strict: true, skipLibCheck: false, noEmit: true, target: "es2022" };
    const compilerOptions = { ...strictest, module, moduleResolution, lib, types };
    const config = join(folder, `tsconfig.${name}.${place.replace(" ", "-")}.json`);
    const files = uses.map((file) => `uses/${file}`);
    writeFileSync(config, JSON.stringify({ compilerOptions, files }));
    const oldest = packages.find((pack) => pack.name === name)?.typescript;
    const compiler =
      age === "newest"
        ? join(root, "node_modules", "typescript")
        : join(tools, `typescript-${oldest}`);
    const version = JSON.parse(readFileSync(join(compiler, "package.json"), "utf8")).version;
    const tsc = [process.execPath, join(compiler, "bin", "tsc"), "--project", config];
    hold(`types of ${name} for ${place} with TypeScript ${version}`, tsc, folder);
  }
}

/**
 * Runs the packages on the oldest Node.js that each is for.
 * @param {string} folder
 */
function holdNode(folder) {
  const [verifier, whole] = ["portico-jwt", "portico"].map((name) =>
    join(folder, "node_modules", name),
  );
  const corpus = [join(folder, "run", "corpus.mjs"), String(verifier), String(whole)];
  hold("portico-jwt on its oldest Node", [nodeOf("portico-jwt"), ...corpus], folder);
  hold(
    "portico-jwt in each framework",
    [nodeOf("portico-jwt"), join(folder, "run", "frameworks.mjs")],
    folder,
  );
  const tooOld = String.raw`
    const { spawnSync } = await import("node:child_process");
    const { status, stderr } = spawnSync(process.execPath, [${JSON.stringify(join(String(whole), "cli", "portico.js"))}, "check"]);
    if (status !== 2 || !/^Portico needs Node\.js [\d.]+ or newer; this is v20[\d.]+\.\n$/.test(stderr)) throw new Error(String(stderr));`;
  hold(
    "the command, on a Node that is too old, says so",
    [nodeOf("portico-jwt"), "--input-type=module", "--eval", tooOld],
    folder,
  );
  const loads = ["--input-type=module", "--eval"];
  for (const pack of packages) {
    const subpaths = Object.keys(pack.entries).filter((subpath) => subpath !== "./webauthn");
    const names = subpaths.map((subpath) => subpath.replace(/^\./, pack.name));
    const program = `await Promise.all(${JSON.stringify(names)}.map((name) => import(name)))`;
    hold(`${pack.name} loads on Node ${pack.node}`, [nodeOf(pack.name), ...loads, program], folder);
  }
  const peers = [nodeOf("portico"), join(folder, "run", "peers.mjs")];
  hold("portico without its optional peers", peers, folder);
  const served = `process.env.PORT = "0"; console.log = () => process.exit(0);
    await import(${JSON.stringify(join(String(whole), service))});`;
  hold("the service on its oldest Node", [nodeOf("portico"), ...loads, served], folder);
}

/** The oldest Node.js of a package. @param {string} name */
function nodeOf(name) {
  const version = packages.find((pack) => pack.name === name)?.node;
  return join(tools, `node-${version}-linux-${process.arch}`, "bin", "node");
}

const projects = packages.map((pack) => makePackedProject(pack));
try {
  for (const project of projects) {
    holdForJudges(project);
    holdInstallation(project);
  }
  for (const age of /** @type {const} */ (["oldest", "newest"])) {
    const folder = makeProject(projects, age);
    holdTypes(folder, age);
    if (age === "oldest") holdNode(folder);
    rmSync(folder, { recursive: true });
  }
} finally {
  for (const project of projects) project.remove();
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

// Holds the built packages, as a project has each that installed its tarball: every entry is there with its types, loads
// on the runtimes that it is for and no more than it needs, is no larger than it may be, errors are of one class in all
// of them, and what can be run starts and answers.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { workerModule } from "./build-worker.mjs";
import { nativeBinary, root } from "./native.mjs";
import { faultsOfPrograms } from "./package-programs.mjs";
import { faultsOfSizes } from "./package-sizes.mjs";
import { packages } from "./packages.mjs";
import { makePackedProject } from "./packed-project.mjs";

/** @typedef {import("./packed-project.mjs").PackedProject} PackedProject */

/** Those that are linked beside each package: the one peer that its entry cannot be loaded without, and types. */
const furtherPackages = ["@simplewebauthn/server", "@types/node", "fastify", "hono"];

/** Entries that are for Node.js alone. */
const forNode = ["portico/node", "portico/lambda"];

/** The most files that the verifier may load: each takes longer than what is in it. */
const mostFiles = { "portico/jwt": 2, "portico-jwt": 1, "portico-jwt/hono": 1 };

/** Packages that these entries have no business with. */
const notLoaded = {
  "portico/jwt": /\/node_modules\/(?!jose\/|portico\/)/,
  "portico/memory": /\/@?aws|\/hono\//,
  "portico/client": /\/node_modules\/(?!portico\/)|jwt/,
  portico: /\/@?aws/,
};

/** @type {Record<string, string[]>} */
const runtimes = {
  node: [process.execPath, "--input-type=module", "--eval"],
  deno: [nativeBinary("deno"), "eval"],
  bun: [nativeBinary("bun"), "--no-install", "--eval"],
};

/** Fails unless what two entries throw is what a third calls an error. */
const oneClass = {
  imports: [
    'import { IdentityError, isIdentityError } from "portico";',
    'import { createJwtVerifier } from "portico/jwt";',
    'import { createMemoryIdentityProvider } from "portico/memory";',
  ].join("\n"),
  body: `
    const { identity, issuer, clientId, keys } = createMemoryIdentityProvider();
    const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys });
    for (const failure of [verifier.verify("none"), identity.refresh({ refreshToken: "none" })]) {
      const error = await failure.catch((reason) => reason);
      if (!(error instanceof IdentityError)) throw new Error("an error is of another class: " + error);
      if (!isIdentityError(error)) throw new Error("an error is not told for one: " + error);
    }`,
};

/** The part of {@link oneClass} that there is in a package. @param {PackedProject} project */
const oneClassIn = ({ pack }) => (pack.name === "portico" ? oneClass : { imports: "", body: "" });

const checks = [
  faultsOfFiles,
  faultsOfEntries,
  faultsOfClass,
  faultsOfLoading,
  faultsInWorkerd,
  faultsOfTypes,
  faultsOfPrograms,
  faultsOfSizes,
];

/** @param {PackedProject} project */
function entriesOf({ pack }) {
  return Object.keys(pack.entries).map((subpath) => subpath.replace(/^\./, pack.name));
}

/**
 * Everything that the manifest names has to be in the package.
 * @param {PackedProject} project
 */
function faultsOfFiles({ manifest: { exports, bin = {} }, packed, pack }) {
  const named = Object.values(exports).flatMap((target) =>
    typeof target === "object" ? Object.values(target) : [],
  );
  return [...named, ...Object.values(bin), "./README.md", "./LICENSE", "./sbom.cdx.json"]
    .filter((path) => !packed.has(path))
    .map((path) => `${path} is not in ${pack.name}`);
}

/** @param {PackedProject} project */
function faultsOfEntries(project) {
  return entriesOf(project).flatMap((entry) => faultsOfEntry(project, entry));
}

/**
 * @param {PackedProject} project
 * @param {string} entry
 */
function faultsOfEntry(project, entry) {
  const program = `import * as entry from "${entry}";
    if (Object.keys(entry).length === 0) throw new Error("it exports nothing");`;
  return Object.keys(runtimes)
    .filter((runtime) => runtime === "node" || !forNode.includes(entry))
    .flatMap((runtime) => faultsOn(runtime, entry, { program, project }));
}

/** @param {PackedProject} project */
function faultsOfClass(project) {
  const { imports, body } = oneClassIn(project);
  if (body === "") return [];
  const program = `${imports}\n${body}`;
  return Object.keys(runtimes).flatMap((runtime) =>
    faultsOn(runtime, "errors", { program, project }),
  );
}

/**
 * Runs a program in the project.
 * @param {string} runtime
 * @param {string} subject
 * @param {{ program: string, project: PackedProject }} run
 */
function faultsOn(runtime, subject, { program, project }) {
  const [command = "", ...args] = runtimes[runtime] ?? [];
  const { status, stderr } = spawnSync(command, [...args, program], inside(project));
  return status === 0 ? [] : [`${subject} on ${runtime}: ${reasonIn(stderr)}`];
}

/** @param {PackedProject} project */
function faultsOfLoading(project) {
  return entriesOf(project).flatMap((entry) => faultsOfLoadingEntry(project, entry));
}

/**
 * Looks at the files that Node loads for an entry.
 * @param {PackedProject} project
 * @param {string} entry
 */
function faultsOfLoadingEntry(project, entry) {
  const [, unwanted] = Object.entries(notLoaded).find(([name]) => name === entry) ?? [];
  const [, most] = Object.entries(mostFiles).find(([name]) => name === entry) ?? [];
  if (!unwanted && !most) return [];
  const program = `import { registerHooks } from "node:module";
    const files = [];
    registerHooks({ load: (url, context, next) => { files.push(url); return next(url, context); } });
    await import("${entry}");
    console.log(JSON.stringify(files));`;
  const args = ["--input-type=module", "--eval", program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, inside(project));
  if (status !== 0) return [`the files of ${entry}: ${reasonIn(stderr)}`];
  const files = /** @type {string[]} */ (JSON.parse(stdout));
  const stray = files.find((file) => unwanted?.test(file));
  return [
    ...(stray === undefined ? [] : [`${entry} loads ${stray}`]),
    ...(files.length > (most ?? files.length) ? [`${entry} loads ${files.length} files`] : []),
  ];
}

/**
 * The entries go into one worker, bundled under the conditions that Workers have, and are loaded as it starts.
 * @param {PackedProject} project
 */
async function faultsInWorkerd(project) {
  const folder = join(project.folder, "worker");
  const neutralEntries = entriesOf(project).filter((entry) => !forNode.includes(entry));
  mkdirSync(folder);
  const imports = neutralEntries.map((entry, at) => `import * as entry${at} from "${entry}";`);
  const names = neutralEntries.map((_entry, at) => `entry${at}`).join(", ");
  const { imports: further, body } = oneClassIn(project);
  const worker = `${imports.join("\n")}\n${further}
    export default { async test() {
      if (![${names}].every((entry) => Object.keys(entry).length > 0)) throw new Error("one exports nothing");
      ${body}
    } };`;
  await build({
    ...workerModule,
    stdin: { contents: worker, resolveDir: project.folder },
    outfile: join(folder, "worker.js"),
  });
  const config = `using Workerd = import "/workerd/workerd.capnp";
    const config :Workerd.Config = (services = [(name = "main", worker = .main)]);
    const main :Workerd.Worker = (
      modules = [(name = "worker.js", esModule = embed "worker.js")],
      compatibilityDate = "2026-08-03",
    );`;
  writeFileSync(join(folder, "config.capnp"), config);
  const args = ["test", join(folder, "config.capnp")];
  const { status, stderr } = spawnSync(nativeBinary("workerd"), args, inside(project));
  return status === 0 ? [] : [`${project.pack.name} in workerd: ${reasonIn(stderr)}`];
}

/**
 * The types of all entries, with those of the dependencies, as a project sees them that checks its libraries too.
 * @param {PackedProject} project
 */
function faultsOfTypes(project) {
  const entries = entriesOf(project);
  const imports = entries.map((entry, at) => `import * as entry${at} from "${entry}";`);
  const names = entries.map((_entry, at) => `entry${at}`).join(", ");
  writeFileSync(
    join(project.folder, "index.ts"),
    `${imports.join("\n")}\nexport const all = [${names}];\n${typedUses[project.pack.name] ?? ""}`,
  );
  return ["nodenext", "bundler"].flatMap((resolution) => faultsOfResolution(project, resolution));
}

/**
 * Uses of what a package exports that hold only where its types were found.
 * @type {Readonly<Record<string, string>>}
 */
const typedUses = {
  portico: `import { IdentityError } from "portico";
import { createJwtVerifier, type JwtVerifierOptions, type TokenVerifier } from "portico/jwt";
export const code: IdentityError["code"] = new IdentityError("invalid_token").code;
export const make = (options: JwtVerifierOptions): TokenVerifier => createJwtVerifier(options);
// @ts-expect-error Types that were not found would take anything.
export const wrong: number = new IdentityError("invalid_token").code;\n`,
  "portico-jwt": `import { createJwtVerifier, type JwtVerifierOptions, type TokenVerifier } from "portico-jwt";
export const make = (options: JwtVerifierOptions): TokenVerifier => createJwtVerifier(options);
// @ts-expect-error Types that were not found would take anything.
export const wrong: number = make;\n`,
  "portico-client": `import { createClient } from "portico-client";
export const client = createClient({ url: "https://id.example.com" });
// @ts-expect-error Types that were not found would take anything.
export const wrong: number = client;\n`,
};

/**
 * @param {PackedProject} project
 * @param {string} moduleResolution
 */
function faultsOfResolution(project, moduleResolution) {
  const options = {
    strict: true,
    noEmit: true,
    target: "es2024",
    lib: ["es2024", "dom"],
    types: ["node"],
    module: moduleResolution === "nodenext" ? "nodenext" : "esnext",
    moduleResolution,
    skipLibCheck: false,
  };
  const config = join(project.folder, `tsconfig.${moduleResolution}.json`);
  writeFileSync(config, JSON.stringify({ compilerOptions: options, files: ["index.ts"] }));
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "--project", config];
  const { status, stdout } = spawnSync(process.execPath, args, inside(project));
  return status === 0 ? [] : [`types of ${project.pack.name} with ${moduleResolution}: ${stdout}`];
}

/** @param {PackedProject} project */
function inside({ folder }) {
  return { cwd: folder, encoding: /** @type {const} */ ("utf8") };
}

/** @param {string} stderr */
function reasonIn(stderr) {
  return stderr.split("\n").find((line) => /error/i.test(line)) ?? stderr;
}

const found = [];
for (const pack of packages) {
  const project = makePackedProject(pack, furtherPackages);
  try {
    const { packed, packedKiB } = project;
    console.log(`${pack.name}: ${packed.size} files, ${packedKiB.toFixed(1)} KiB packed`);
    for (const check of checks) found.push(...(await check(project)));
  } finally {
    project.remove();
  }
}
for (const fault of found) console.error(fault);
process.exitCode = found.length > 0 ? 1 : 0;

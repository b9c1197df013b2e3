// Holds the built package, as a project has it that installed its tarball: each entry is there with its types, loads on
// the runtimes that it is for and no more than it needs, errors are of one class in all of them, and what can be run
// starts and answers.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { workerModule } from "./build-worker.mjs";
import { nativeBinary, root } from "./native.mjs";
import { faultsOfPrograms } from "./package-programs.mjs";
import { makePackedProject } from "./packed-project.mjs";

const project = makePackedProject();
const { name, exports, bin } = project.manifest;
const entries = Object.keys(exports)
  .filter((subpath) => typeof exports[subpath] === "object")
  .map((subpath) => subpath.replace(/^\./, name));
const neutralEntries = entries.filter((entry) => entry !== `${name}/node`);

/** The most files of ours and of dependencies that the verifier may load: each takes longer than what is in it. */
const mostFiles = 2;

/** Packages that these entries have no business with. */
const notLoaded = {
  [`${name}/jwt`]: /\/node_modules\/(?!jose\/|portico\/)/,
  [`${name}/memory`]: /\/@?aws|\/hono\//,
  [name]: /\/@?aws/,
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
    `import { IdentityError, isIdentityError } from "${name}";`,
    `import { createJwtVerifier } from "${name}/jwt";`,
    `import { createMemoryIdentityProvider } from "${name}/memory";`,
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

try {
  const faults = [
    ...faultsOfFiles(),
    ...entries.flatMap(faultsOfEntry),
    ...Object.keys(runtimes).flatMap((runtime) =>
      faultsOn(runtime, "errors", `${oneClass.imports}\n${oneClass.body}`),
    ),
    ...Object.entries(notLoaded).flatMap(([entry, unwanted]) => faultsOfLoading(entry, unwanted)),
    ...(await faultsInWorkerd()),
    ...["nodenext", "bundler"].flatMap(faultsOfTypes),
    ...(await faultsOfPrograms(project)),
  ];
  for (const fault of faults) console.error(fault);
  console.log(`${name}: ${project.packed.size} files, ${project.packedKiB.toFixed(1)} KiB packed`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  project.remove();
}

/** Everything that the manifest names has to be in the package. */
function faultsOfFiles() {
  const named = Object.values(exports).flatMap((target) =>
    typeof target === "object" ? [target.types, target.default] : [],
  );
  return [...named, ...Object.values(bin)]
    .filter((path) => !project.packed.has(path))
    .map((path) => `${path} is not in the package`);
}

/** @param {string} entry */
function faultsOfEntry(entry) {
  const program = `import * as entry from "${entry}";
    if (Object.keys(entry).length === 0) throw new Error("it exports nothing");`;
  return Object.keys(runtimes)
    .filter((runtime) => runtime === "node" || neutralEntries.includes(entry))
    .flatMap((runtime) => faultsOn(runtime, entry, program));
}

/**
 * Runs a program in the project.
 * @param {string} runtime
 * @param {string} subject
 * @param {string} program
 */
function faultsOn(runtime, subject, program) {
  const [command = "", ...args] = runtimes[runtime] ?? [];
  const { status, stderr } = spawnSync(command, [...args, program], inProject());
  return status === 0 ? [] : [`${subject} on ${runtime}: ${reasonIn(stderr)}`];
}

/**
 * Looks at the files that Node loads for an entry.
 * @param {string} entry
 * @param {RegExp} unwanted
 */
function faultsOfLoading(entry, unwanted) {
  const program = `import { registerHooks } from "node:module";
    const files = [];
    registerHooks({ load: (url, context, next) => { files.push(url); return next(url, context); } });
    await import("${entry}");
    console.log(JSON.stringify(files));`;
  const args = ["--input-type=module", "--eval", program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, inProject());
  if (status !== 0) return [`the files of ${entry}: ${reasonIn(stderr)}`];
  const files = /** @type {string[]} */ (JSON.parse(stdout));
  const found = files.find((file) => unwanted.test(file));
  const ours = files.filter((file) => file.includes(`/node_modules/${name}/`)).length;
  const isTooMuch = entry === `${name}/jwt` && files.length > mostFiles;
  return [
    ...(found === undefined ? [] : [`${entry} loads ${found}`]),
    ...(isTooMuch ? [`${entry} loads ${files.length} files, ${ours} of them ours`] : []),
  ];
}

/** The entries go into one worker, bundled under the conditions that Workers have, and are loaded as it starts. */
async function faultsInWorkerd() {
  const folder = join(project.folder, "worker");
  mkdirSync(folder);
  const imports = neutralEntries.map((entry, at) => `import * as entry${at} from "${entry}";`);
  const names = neutralEntries.map((_entry, at) => `entry${at}`).join(", ");
  const worker = `${imports.join("\n")}\n${oneClass.imports}
    export default { async test() {
      if (![${names}].every((entry) => Object.keys(entry).length > 0)) throw new Error("one exports nothing");
      ${oneClass.body}
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
  const { status, stderr } = spawnSync(nativeBinary("workerd"), args, inProject());
  return status === 0 ? [] : [`the entries in workerd: ${reasonIn(stderr)}`];
}

/**
 * The types of all entries, with those of the dependencies, as a project sees them that checks its libraries too.
 * @param {string} moduleResolution
 */
function faultsOfTypes(moduleResolution) {
  const imports = entries.map((entry, at) => `import * as entry${at} from "${entry}";`);
  const names = entries.map((_entry, at) => `entry${at}`).join(", ");
  writeFileSync(
    join(project.folder, "index.ts"),
    `${imports.join("\n")}\nexport const all = [${names}];
import { IdentityError } from "${name}";
import { createJwtVerifier, type JwtVerifierOptions, type TokenVerifier } from "${name}/jwt";
export const code: IdentityError["code"] = new IdentityError("invalid_token").code;
export const make = (options: JwtVerifierOptions): TokenVerifier => createJwtVerifier(options);
// @ts-expect-error Types that were not found would take anything.
export const wrong: number = new IdentityError("invalid_token").code;\n`,
  );
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
  const { status, stdout } = spawnSync(process.execPath, [tsc, "--project", config], inProject());
  return status === 0 ? [] : [`types with ${moduleResolution}: ${stdout}`];
}

function inProject() {
  return { cwd: project.folder, encoding: /** @type {const} */ ("utf8") };
}

/** @param {string} stderr */
function reasonIn(stderr) {
  return stderr.split("\n").find((line) => /error/i.test(line)) ?? stderr;
}

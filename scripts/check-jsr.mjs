// Has Deno try to publish to JSR what can be there: it takes the source as it is, and asks for more of its types than the
// compiler does. Nothing is sent.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import process from "node:process";
import { nativeBinary, root } from "./native.mjs";

const { version, license, dependencies } = JSON.parse(
  readFileSync(join(root, "package.json"), "utf8"),
);

/**
 * The packages that could be on JSR, by their entries. It takes no module that adds to types of others, as those of Express,
 * Fastify and the elements do, and none of the whole, whose schemas have types that only the compiler can work out.
 */
const packages = {
  "portico-jwt": { ".": "jwt", "./hono": "hono" },
  "portico-client": { ".": "client" },
};

const relativeModule = /(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"/g;

let failed = false;
for (const [name, entries] of Object.entries(packages)) {
  const folder = join(root, "dist", "jsr", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copySource(folder, Object.values(entries));
  writeFileSync(join(folder, "jsr.json"), JSON.stringify(configOf(name, entries)));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  const args = ["publish", "--dry-run", "--allow-dirty", "--config", "jsr.json"];
  const { status, stdout, stderr } = spawnSync(nativeBinary("deno"), args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
  });
  const isClean = status === 0 && !/^(?:warning|error)/m.test(stderr);
  console.log(`${name} on JSR: ${isClean ? "clean" : `${stdout}${stderr}`}`);
  failed ||= !isClean;
}
process.exitCode = failed ? 1 : 0;

/**
 * Copies the modules that some entries lead to.
 * @param {string} folder
 * @param {readonly string[]} entries
 */
function copySource(folder, entries) {
  /** @type {Set<string>} */
  const reached = new Set();
  const waiting = entries.map((entry) => join("src", `${entry}.ts`));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    const source = readFileSync(join(root, file), "utf8");
    for (const [, path = ""] of source.matchAll(relativeModule)) {
      waiting.push(join(dirname(file), path));
    }
  }
  for (const file of [...reached, "LICENSE"]) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  cpSync(
    join(root, "docs", "packages", `${folder.split("/").at(-1)}.md`),
    join(folder, "README.md"),
  );
}

/**
 * @param {string} name
 * @param {Readonly<Record<string, string>>} entries
 */
function configOf(name, entries) {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const named = { ...dependencies, uqr: devDependencies.uqr };
  return {
    name: `@portico/${name.slice("portico-".length)}`,
    version,
    license,
    nodeModulesDir: "manual",
    // As the source is checked here; Deno has no types of pages by default.
    compilerOptions: { lib: ["es2024", "dom", "dom.iterable"] },
    exports: Object.fromEntries(
      Object.entries(entries).map(([subpath, file]) => [subpath, `./src/${file}.ts`]),
    ),
    imports: Object.fromEntries(
      Object.entries(named).flatMap(([dependency, range]) => [
        [dependency, `npm:${dependency}@${range}`],
        [`${dependency}/`, `npm:/${dependency}@${range}/`],
      ]),
    ),
    publish: { include: ["src", "LICENSE", "README.md", "jsr.json"] },
  };
}

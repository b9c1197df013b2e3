// A project that has installed the package as npm would: from its tarball, with the dependencies and no optional peer.
import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./native.mjs";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

/** The packages that are linked besides the dependencies: the one peer that its entry cannot be loaded without, and types. */
const furtherPackages = ["@simplewebauthn/server", "@types/node", "fastify"];

/** Packs the built package, and makes a project that has it. */
export function makePackedProject() {
  const folder = mkdtempSync(join(tmpdir(), "portico-packed-"));
  const pack = ["pack", "--json", "--pack-destination", folder];
  const [{ filename, files, size }] = JSON.parse(
    execFileSync("npm", pack, { cwd: root, encoding: "utf8" }),
  );
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", modules]);
  const installed = join(modules, manifest.name);
  renameSync(join(modules, "package"), installed);
  for (const name of [...Object.keys(manifest.dependencies), ...furtherPackages]) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const paths = files.map((/** @type {{ path: string }} */ { path }) => `./${path}`);
  return {
    manifest,
    folder,
    installed,
    /** Paths in the package. */
    packed: new Set(/** @type {string[]} */ (paths)),
    packedKiB: size / 1024,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

// A project that has installed a package as npm would: from its tarball, with the dependencies and no optional peer.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./native.mjs";
import { folderOf, manifestOf } from "./packages.mjs";

/**
 * Packs a built package, and makes a project that has it.
 * @param {import("./packages.mjs").Package} pack
 * @param {readonly string[]} [furtherPackages] that are linked besides the dependencies
 */
export function makePackedProject(pack, furtherPackages = []) {
  const folder = mkdtempSync(join(tmpdir(), "portico-packed-"));
  const [{ filename, files, size }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
      cwd: folderOf(pack),
      encoding: "utf8",
    }),
  );
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  execFileSync("tar", ["-xzf", join(folder, filename), "-C", modules]);
  const installed = join(modules, pack.name);
  renameSync(join(modules, "package"), installed);
  for (const name of new Set([...Object.keys(pack.dependencies), ...furtherPackages])) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const paths = files.map((/** @type {{ path: string }} */ { path }) => `./${path}`);
  return {
    pack,
    manifest: manifestOf(pack),
    folder,
    installed,
    tarball: join(folder, filename),
    /** Paths in the package. */
    packed: new Set(/** @type {string[]} */ (paths)),
    packedKiB: size / 1024,
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** @typedef {ReturnType<typeof makePackedProject>} PackedProject */

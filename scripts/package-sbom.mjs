// The list of what a package is made of and brings along, in the form of CycloneDX 1.5, which scanners read. npm makes none
// for a project with workspaces that have no version, so this goes by the lockfile, as npm's does.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./native.mjs";

/** @typedef {{ name: string, version: string, purl: string, [member: string]: unknown }} Component */
/** @typedef {{ version: string, license?: string, integrity?: string, dependencies?: Record<string, string> }} Locked */

/** @type {Readonly<Record<string, Locked>>} */
const locked = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;

/**
 * Gives the list of a package: npm's of its dependencies, and the packages of which parts are in its modules.
 * @param {import("./packages.mjs").Package} pack
 * @param {string} version
 * @param {Iterable<string>} bundled
 */
export function sbomOf(pack, version, bundled) {
  const purl = `pkg:npm/${pack.name}@${version}`;
  /** @type {Set<string>} */
  const paths = new Set();
  for (const name of Object.keys(pack.dependencies)) collect(name, "", paths);
  for (const name of bundled) paths.add(`node_modules/${name}`);
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      component: { type: "library", "bom-ref": purl, name: pack.name, version, purl },
    },
    components: [...paths].toSorted().map(componentOf),
  };
}

/**
 * Finds a package as Node does, in the nearest node_modules from its importer up, and all that it brings along.
 * @param {string} name
 * @param {string} importer
 * @param {Set<string>} paths
 */
function collect(name, importer, paths) {
  const path = `${importer === "" ? "" : `${importer}/`}node_modules/${name}`;
  const found = locked[path];
  if (!found) {
    if (importer === "") throw new Error(`The lockfile has no ${name}.`);
    collect(name, importer.replace(/(?:^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, ""), paths);
  } else if (!paths.has(path)) {
    paths.add(path);
    for (const needed of Object.keys(found.dependencies ?? {})) collect(needed, path, paths);
  }
}

/**
 * @param {string} path
 * @returns {Component}
 */
function componentOf(path) {
  const name = path.replace(/^.*node_modules\//, "");
  const { version = "", license, integrity = "" } = locked[path] ?? {};
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const [algorithm = "", digest = ""] = integrity.split(/-(.*)/);
  const content = Buffer.from(digest, "base64").toString("hex");
  return {
    type: "library",
    "bom-ref": purl,
    name,
    version,
    purl,
    ...(license && { licenses: [{ license: { id: license } }] }),
    ...(content && { hashes: [{ alg: algorithm.replace("sha", "SHA-"), content }] }),
  };
}

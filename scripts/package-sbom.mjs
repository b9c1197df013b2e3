// The list of what a package is made of and brings along, in the form of CycloneDX 1.5, which scanners read.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./native.mjs";

/** @typedef {{ name: string, version: string, purl?: string, [member: string]: unknown }} Component */

/**
 * Gives the list of a package: npm's of its dependencies, and the packages of which parts are in its modules.
 * @param {import("./packages.mjs").Package} pack
 * @param {string} version
 * @param {Iterable<string>} bundled
 */
export function sbomOf(pack, version, bundled) {
  const purl = `pkg:npm/${pack.name}@${version}`;
  const brought = Object.keys(pack.dependencies).length > 0 ? dependencies() : [];
  const inside = [...bundled].map(componentOf);
  const components = new Map(
    [...brought, ...inside].map((component) => [component.purl, component]),
  );
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: {
      component: { type: "library", "bom-ref": purl, name: pack.name, version, purl },
    },
    components: [...components.values()].toSorted((one, other) =>
      String(one.purl) < String(other.purl) ? -1 : 1,
    ),
  };
}

/**
 * What an installation brings, as npm tells it by the lockfile.
 * @returns {readonly Component[]}
 */
function dependencies() {
  const omitted = ["dev", "optional", "peer"].flatMap((kind) => ["--omit", kind]);
  const args = ["sbom", "--sbom-format", "cyclonedx", "--package-lock-only", ...omitted];
  const told = execFileSync("npm", args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 26 });
  return JSON.parse(told).components;
}

/**
 * @param {string} name
 * @returns {Component}
 */
function componentOf(name) {
  const path = join(root, "node_modules", name, "package.json");
  const { version, license } = JSON.parse(readFileSync(path, "utf8"));
  const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
  const licenses = [{ license: { id: license } }];
  return { type: "library", "bom-ref": purl, name, version, purl, scope: "required", licenses };
}

// Builds a container image of the installed cognito-local, for machines that cannot pull one: the running
// Node, the libraries that it links to, and the package with its dependencies. Nothing is downloaded.
//   node scripts/build-cognito-local-image.mjs        prints the image's name
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import process from "node:process";
import { root } from "./native.mjs";

/** @param {string} folder @returns {{ version: string, dependencies?: Record<string, string>, optionalDependencies?: Record<string, string> }} */
function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
}

const { version } = manifestOf(join(root, "node_modules", "cognito-local"));

/** Named after all that is in it, so that an older build is never taken for this one. */
export const builtImage = `portico/cognito-local:${version}-node${process.versions.node}`;

/**
 * Finds an installed package as Node does: in the nearest node_modules from the importer's folder up.
 * @param {string} name
 * @param {string} importer
 * @returns {string | undefined}
 */
function findPackage(name, importer) {
  const folder = join(importer, "node_modules", name);
  if (existsSync(join(folder, "package.json"))) return folder;
  if (importer === root || importer === dirname(importer)) return undefined;
  return findPackage(name, dirname(importer));
}

/**
 * @param {string} name
 * @param {string} importer
 * @param {Set<string>} found
 */
function collectPackages(name, importer, found) {
  const folder = findPackage(name, importer);
  if (folder === undefined || found.has(folder)) return;
  found.add(folder);
  const { dependencies, optionalDependencies } = manifestOf(folder);
  for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies })) {
    collectPackages(dependency, folder, found);
  }
}

/** @param {string} executable */
function librariesOf(executable) {
  const listing = execFileSync("ldd", [executable], { encoding: "utf8" });
  return [...listing.matchAll(/(\/\S+) \(0x/g)].map(([, path = ""]) => path);
}

/**
 * Copies a file or a folder, but not the packages nested in it, which are copied when they are needed.
 * @param {string} from
 * @param {string} to
 */
function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  const filter = (/** @type {string} */ path) => relative(from, path) !== "node_modules";
  cpSync(from, to, { recursive: true, dereference: true, filter });
}

/** @param {string} image the image's folder */
function fill(image) {
  copy(process.execPath, join(image, "bin", "node"));
  for (const library of librariesOf(process.execPath)) {
    copy(realpathSync(library), join(image, library));
  }
  /** @type {Set<string>} */
  const packages = new Set();
  collectPackages("cognito-local", root, packages);
  for (const folder of packages) copy(folder, join(image, "app", relative(root, folder)));
  // The volume that its data goes to, as in the published image.
  mkdirSync(join(image, "app", ".cognito"), { recursive: true });
}

/** Builds the image and gives its name. */
export function buildCognitoLocalImage() {
  if (process.platform !== "linux") throw new Error("the image can be built on Linux only");
  const folder = mkdtempSync(join(tmpdir(), "cognito-local-image-"));
  try {
    const archive = join(folder, "image.tar");
    fill(join(folder, "image"));
    execFileSync("tar", ["-C", join(folder, "image"), "-cf", archive, "."]);
    const changes = [
      "WORKDIR /app",
      "ENV HOST=0.0.0.0 PORT=9229 AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE=1",
      "EXPOSE 9229",
      'ENTRYPOINT ["/bin/node", "/app/node_modules/cognito-local/lib/bin/start.js"]',
    ].flatMap((change) => ["--change", change]);
    execFileSync("docker", ["import", ...changes, archive, builtImage], { stdio: "pipe" });
    return builtImage;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) console.log(buildCognitoLocalImage());

// Makes a version of the changes that wait, and says of one what it brings.
//   npm run release:version                                   the next version, in package.json and CHANGELOG.md
//   node scripts/release.mjs notes <version>          what CHANGELOG.md says of it
//   node scripts/release.mjs repository <url>         has the built packages say where their source is, as provenance asks
import { execFileSync } from "node:child_process";
import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { nextVersion, notesOf, parseChange, withVersion } from "./changesets.mjs";
import { root } from "./native.mjs";
import { folderOf, packages } from "./packages.mjs";

const list = join(root, "CHANGELOG.md");

/** The files of the changes that wait, in the order of their names. */
export function waitingChanges() {
  return globSync(".changeset/*.md", { cwd: root, exclude: [".changeset/README.md"] })
    .toSorted()
    .map((path) => join(root, path));
}

function makeVersion() {
  const manifest = join(root, "package.json");
  const { name, version } = JSON.parse(readFileSync(manifest, "utf8"));
  const files = waitingChanges();
  const changes = files.map((file) => parseChange(readFileSync(file, "utf8"), name));
  const next = nextVersion(version, changes);
  writeFileSync(list, withVersion(readFileSync(list, "utf8"), next, changes));
  execFileSync("npm", ["version", next, "--no-git-tag-version"], { cwd: root, stdio: "ignore" });
  for (const file of files) rmSync(file);
  console.log(`${version} → ${next}, of ${changes.length} changes`);
}

/** @param {string} url */
function writeRepository(url) {
  for (const pack of packages) {
    const path = join(folderOf(pack), "package.json");
    const repository = { type: "git", url };
    const manifest = { ...JSON.parse(readFileSync(path, "utf8")), repository };
    writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
  }
}

if (process.argv[1] === import.meta.filename) {
  const [command, argument = ""] = process.argv.slice(2);
  if (command === "version") makeVersion();
  else if (command === "notes") console.log(notesOf(readFileSync(list, "utf8"), argument));
  else if (command === "repository") writeRepository(argument);
  else throw new Error("The commands are version, notes and repository.");
}

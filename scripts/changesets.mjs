// The changes that are to be released, and the version that they make.

/** @typedef {"major" | "minor" | "patch"} Growth */
/** @typedef {{ growth: Growth, text: string }} Change */

/** @type {readonly Growth[]} */
const growths = ["major", "minor", "patch"];

const titles = { major: "Not as before", minor: "New", patch: "Mended" };

/**
 * Reads a change, in the form that changesets has.
 * @param {string} file
 * @param {string} name of the package that it has to be of
 * @returns {Change}
 */
export function parseChange(file, name) {
  const [, packageName, growth, text] =
    /^---\n"([^"\n]+)": (major|minor|patch)\n---\n\n(\S[\s\S]*)$/.exec(file) ?? [];
  if (packageName !== name || !growth || !text) {
    throw new Error(
      `A change is of "${name}", and says major, minor or patch, and in words what is new.`,
    );
  }
  return { growth: /** @type {Growth} */ (growth), text: text.trim() };
}

/**
 * Gives the version after some changes.
 * @param {string} version
 * @param {readonly Change[]} changes
 */
export function nextVersion(version, changes) {
  const grown = new Set(changes.map(({ growth }) => growth));
  const place = growths.findIndex((growth) => grown.has(growth));
  if (place < 0) throw new Error("There is no change to release.");
  return version
    .split(".")
    .map((part, at) => (at > place ? 0 : Number(part) + (at === place ? 1 : 0)))
    .join(".");
}

/**
 * Writes changes into the list of all, as its newest version.
 * @param {string} list
 * @param {string} version
 * @param {readonly Change[]} changes
 */
export function withVersion(list, version, changes) {
  const parts = growths.flatMap((growth) => {
    const texts = changes.filter((change) => change.growth === growth).map(({ text }) => text);
    if (texts.length === 0) return [];
    const items = texts.map((text) => `- ${text.replaceAll("\n", "\n  ")}`);
    return [`### ${titles[growth]}\n\n${items.join("\n")}\n`];
  });
  const newest = `## ${version}\n\n${parts.join("\n")}\n`;
  const at = list.indexOf("\n## ") + 1;
  if (at === 0) throw new Error("The list of changes has no version yet.");
  return list.slice(0, at) + newest + list.slice(at);
}

/**
 * Gives the words that the list has on a version, for whoever is told of its release.
 * @param {string} list
 * @param {string} version
 */
export function notesOf(list, version) {
  const [, notes] = list.split(`\n## ${version}\n`);
  if (notes === undefined) throw new Error(`The list of changes has no version ${version}.`);
  return notes.split("\n## ")[0]?.trim() ?? "";
}

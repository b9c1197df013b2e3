// Holds the verifier of the package against the corpus of hostile tokens, on whatever Node runs this.
//   node corpus.mjs <folder of portico-jwt> <folder of portico>
import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";

const [verifier = "", whole = ""] = process.argv.slice(2);
const file = join(verifier, "index.js");

// The corpus is newer than the oldest Node, and is given the one thing that it lacks there, which the verifier must not need.
if (/withResolvers/.test(readFileSync(file, "utf8"))) throw new Error("The verifier needs it too.");
Promise.withResolvers ??= () => {
  const parts = {};
  parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
  return parts;
};

const library = await import(pathToFileURL(file).href);
const { tokenVerifierCorpus } = await import(pathToFileURL(join(whole, "testing.js")).href);
const failed = [];
for (const { name, run } of tokenVerifierCorpus) {
  await run(library).catch((error) => failed.push(`${name}: ${error.message}`));
}
for (const failure of failed) console.error(failure);
console.log(
  `Node ${process.versions.node} holds ${tokenVerifierCorpus.length} cases of the corpus`,
);
process.exit(failed.length > 0 || tokenVerifierCorpus.length < 700 ? 1 : 0);

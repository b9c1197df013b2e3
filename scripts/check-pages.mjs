// Does what README.md and docs/first-requests.md tell a newcomer to do, and holds the answers against those they show:
// `npm start`, then each request that has an answer, in one shell, in order. In an answer, … stands for whatever comes.
// Addresses of the service that the pages name have to answer, too.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, shellBlocks, startPageServer } from "./page-servers.mjs";

const pages = ["README.md", "docs/first-requests.md"]
  .map((page) => readFileSync(new URL(`../${page}`, import.meta.url), "utf8"))
  .join("\n");
const blocks = [...pages.matchAll(/```sh\n([^`]*?)```\s+```json\n([^`]*?)```/g)];
if (blocks.length < 7)
  throw new Error(`the pages have only ${blocks.length} requests with answers`);
const addresses = [...pages.matchAll(/<http:\/\/localhost:8080(\/[^>]*)>/g)].map(
  ([, path = ""]) => path,
);

const port = await freePort();
const server = await startPageServer("npm start", { port, path: "/health/live" });

let failed = 0;
try {
  for (const [index, answer] of answers().entries()) failed += judge(index, answer);
  for (const path of new Set(addresses)) failed += await visit(path);
  failed += askAsSkill();
} finally {
  await server.stop();
}
console.log(
  `requests of the pages: ${blocks.length} and ${addresses.length} addresses, ${failed} failed`,
);
process.exitCode = failed > 0 ? 1 : 0;

function answers() {
  const mark = "== next answer ==";
  const script = blocks.map(([, shell]) => shell).join(`\necho; echo '${mark}'\n`);
  const directory = mkdtempSync(join(tmpdir(), "readme-"));
  const run = spawnSync("bash", ["-eu"], {
    input: script.replaceAll("localhost:8080", `localhost:${port}`),
    cwd: directory,
    encoding: "utf8",
  });
  rmSync(directory, { recursive: true });
  if (run.status !== 0) throw new Error(`the pages' shell failed: ${run.stderr}`);
  return run.stdout.split(mark);
}

/**
 * @param {number} index
 * @param {string} answer
 */
function judge(index, answer) {
  const shown = (blocks[index]?.[2] ?? "").replace(/("[^"]*")|\s+/g, "$1");
  const pattern = shown.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll("…", ".+?");
  const good = new RegExp(`^${pattern}$`).test(answer.trim());
  console.log(`${good ? "ok    " : "not ok"} ${shown}`);
  if (!good) console.log(`       but it answers ${answer.trim()}`);
  return good ? 0 : 1;
}

/** Asks as skills/portico/SKILL.md has coding agents ask. */
function askAsSkill() {
  const skill = readFileSync(new URL("../skills/portico/SKILL.md", import.meta.url), "utf8");
  const input = shellBlocks(skill).join("\n").replaceAll("127.0.0.1:8080", `127.0.0.1:${port}`);
  const { stdout } = spawnSync("bash", ["-eu"], { input, encoding: "utf8" });
  const good = stdout.includes('"purpose":"sign_up_confirmation"');
  console.log(`${good ? "ok    " : "not ok"} skills/portico/SKILL.md${good ? "" : `: ${stdout}`}`);
  return good ? 0 : 1;
}

/** @param {string} path */
async function visit(path) {
  const { status } = await fetch(`http://localhost:${port}${path}`);
  console.log(`${status === 200 ? "ok    " : "not ok"} ${path} ${status}`);
  return status === 200 ? 0 : 1;
}

// Compiles the service to one executable file, and holds it against what docs/deploying.md says: it answers, and ends with 0 when it
// is told to stop.
//   node scripts/check-compiled.mjs [bun|deno]
// bun needs nothing more; deno fetches the runtime that it puts into the file from dl.deno.land.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { nativeBinary, root } from "./native.mjs";

const runtime = process.argv[2] === "deno" ? "deno" : "bun";
const folder = mkdtempSync(join(tmpdir(), "portico-compiled-"));
const file = join(folder, "portico");

const compilers = {
  bun: () => ["build", "--compile", `--outfile=${file}`, "src/runtimes/bun.ts"],
  deno: () => [
    "compile",
    "--no-check",
    ...denoPermissions(),
    `--output=${file}`,
    "src/runtimes/deno.ts",
  ],
};

try {
  execFileSync(nativeBinary(runtime), compilers[runtime](), { cwd: root, stdio: "inherit" });
  await servesAndStops();
  console.log(`The file that ${runtime} compiled answers, and stops.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Those of the task that starts the service. */
function denoPermissions() {
  const { tasks } = JSON.parse(readFileSync(join(root, "deno.json"), "utf8"));
  return tasks.start.split(" ").filter((/** @type {string} */ word) => word.startsWith("--allow-"));
}

async function servesAndStops() {
  const env = { PATH: process.env.PATH, HOME: folder, PORT: "0", LOG_LEVEL: "silent" };
  const server = spawn(file, { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(server, "close");
  const [line] = await Promise.race([once(server.stdout, "data"), ended]);
  const [address = ""] = /http:\/\/[\w.:]+/.exec(String(line)) ?? [];
  const live = await fetch(`${address}/health/live`);
  server.kill("SIGTERM");
  const [status] = await ended;
  if (live.status !== 200 || status !== 0)
    throw new Error(`answered ${live.status}, ended ${status}`);
}

// Asks the service whatever can be asked, in whatever order, on every provider and runtime, and holds each answer against
// openapi.yaml.
//   npm run fuzz [-- --requests 1000000] [--seed 7] [--target "node on memory"]
// A run of all targets with a million requests and no failure writes test/fuzz/results.md.
// The seed and the target, which it prints of a failure, repeat it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { root } from "./native.mjs";

const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000_000) },
    target: { type: "string" },
  },
});
for (const name of /** @type {const} */ (["requests", "seed"])) {
  if (!/^\d{1,9}$/.test(values[name])) throw new TypeError(`--${name} must be a whole number`);
}
console.log(`seed ${values.seed}`);
const folder = mkdtempSync(join(tmpdir(), "portico-fuzz-"));
const results = join(folder, "results");
const { status } = spawnSync("vitest", ["run", "--project", "fuzz"], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    FUZZ_REQUESTS: values.requests,
    FUZZ_SEED: values.seed,
    FUZZ_RESULTS: results,
    ...(values.target !== undefined && { FUZZ_TARGET: values.target }),
  },
});
if (status === 0 && values.target === undefined) {
  const lines = readFileSync(results, "utf8").trim().split("\n");
  const sent = lines.reduce((sum, line) => sum + Number.parseInt(line, 10), 0);
  const told = `${sent.toLocaleString("en")} requests with the seed ${values.seed}, on ${lines.length} services: no answer is undeclared`;
  console.log(told);
  if (sent >= 1_000_000) writeFileSync(join(root, "test", "fuzz", "results.md"), `${told}\n`);
}
rmSync(folder, { recursive: true });
process.exitCode = status ?? 1;

// Asks the service whatever can be asked, in whatever order, on every provider and runtime, and holds each answer against
// openapi.yaml.
//   npm run fuzz [-- --requests 1000000] [--seed 7] [--target "node on memory"]
// What it prints of a failure, the seed and the target, repeats it.
import { spawnSync } from "node:child_process";
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
const { status } = spawnSync("vitest", ["run", "--project", "fuzz"], {
  cwd: root,
  stdio: "inherit",
  env: {
    ...process.env,
    FUZZ_REQUESTS: values.requests,
    FUZZ_SEED: values.seed,
    ...(values.target !== undefined && { FUZZ_TARGET: values.target }),
  },
});
process.exitCode = status ?? 1;

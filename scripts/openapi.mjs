// Writes openapi.yaml from the routes, then the client's types from openapi.yaml.
// The tests that guard the two files are also their only writers.
import { spawnSync } from "node:child_process";
import { root } from "./native.mjs";

for (const guard of ["test/http/openapi/document.test.ts", "test/client-types.test.ts"]) {
  // In CI vitest refuses to write, and whoever calls this wants it written.
  const env = { ...process.env, CI: "" };
  const args = ["run", "--project", "unit", guard, "--update"];
  const { status } = spawnSync("vitest", args, { cwd: root, stdio: "inherit", env });
  if (status !== 0) process.exit(status ?? 1);
}

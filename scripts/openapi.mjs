// Writes openapi.yaml from the routes, then the client's types from openapi.yaml.
// The test that guards the document is also its only writer.
import { spawnSync } from "node:child_process";
import { root } from "./native.mjs";

const steps = [
  ["vitest", "run", "--project", "unit", "-u", "test/openapi.test.ts"],
  ["npm", "run", "--silent", "generate", "--workspace", "tools/openapi"],
];

for (const [command = "", ...args] of steps) {
  // In CI vitest refuses to write, and whoever calls this wants it written.
  const env = { ...process.env, CI: "" };
  const { status } = spawnSync(command, args, { cwd: root, stdio: "inherit", env });
  if (status !== 0) process.exit(status ?? 1);
}

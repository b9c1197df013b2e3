// Builds what is published: dist/ with one JavaScript module and its types for each source module.
import { spawnSync } from "node:child_process";
import { globSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./native.mjs";

// A module that was renamed must not live on in the package. The Worker's bundle is not part of it.
for (const entry of globSync("dist/*", { cwd: root, exclude: ["dist/worker"] })) {
  rmSync(join(root, entry), { recursive: true });
}
const { status } = spawnSync("tsc", ["--project", "tsconfig.build.json"], {
  cwd: root,
  stdio: "inherit",
});
process.exit(status ?? 1);

import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { root } from "../../../scripts/native.mjs";

const run = promisify(execFile);
const rows = readdirSync(join(import.meta.dirname, "rows")).map((file) => basename(file, ".ts"));

/** Runs the command as its script in package.json does. */
async function bench(...args: string[]): Promise<string> {
  const script = join(import.meta.dirname, "run.ts");
  const { stdout } = await run(process.execPath, [script, ...args], { cwd: root });
  return stdout;
}

describe("npm run bench:scale", () => {
  // A figure at a hundredth of the sizes says nothing; that the row runs, and has its curves, is what counts.
  it.each(rows)("tries the row %s", { timeout: 180_000 }, async (row) => {
    const printed = await bench("--trial", row);

    expect(printed).toMatch(/^\d+ of \d+ bars are met\.$/m);
    expect(printed).not.toMatch(/NaN|Infinity|undefined/);
  });

  it("says which rows there are to whoever names another", async () => {
    await expect(bench("nothing")).rejects.toThrow(`The rows are: `);
  });
});

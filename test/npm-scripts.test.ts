import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";

const root = join(import.meta.dirname, "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const scripts: Readonly<Record<string, string>> = JSON.parse(read("package.json")).scripts;

test("every npm script is named in README.md, CONTRIBUTING.md or the page on runtimes", () => {
  const told = read("CONTRIBUTING.md") + read("README.md") + read("docs/runtimes.md");
  const commands = Object.keys(scripts).map((name) =>
    /^(start|test)$/.test(name) ? `npm ${name}` : `npm run ${name}`,
  );

  expect(commands.filter((command) => !told.includes(command))).toEqual([]);
});

describe("npm run dev", () => {
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), "portico-dev-"));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Runs the script as npm does, with another entry: one that tells its version and stays until it is told to go. */
  function start(entry: string) {
    const [command = "", ...args] = (scripts.dev ?? "")
      .replace("src/runtimes/node.ts", entry)
      .split(" ");
    expect([command, args.at(-1)]).toEqual(["node", entry]);
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    const pidsOf = (version = "\\d+") =>
      [...output.matchAll(new RegExp(`^version ${version} is (\\d+)$`, "gm"))].map(
        ([, pid]) => pid,
      );
    onTestFinished(() => {
      for (const pid of [child.pid, ...pidsOf()]) end(Number(pid));
    });
    return { child, pidsOf };
  }

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "starts the service again when a file changes, and leaves nothing behind at %s",
    { timeout: 30_000 },
    async (signal) => {
      const entry = join(directory, `${signal}.mjs`);
      const write = (version: number) =>
        writeFileSync(
          entry,
          `console.log("version ${version} is", process.pid); setInterval(() => {}, 1000);\n`,
        );
      const patiently = { timeout: 10_000, interval: 500 };
      write(1);
      const { child, pidsOf } = start(entry);
      await expect.poll(() => pidsOf("1").length, patiently).toBe(1);
      await expect
        .poll(() => {
          // Again and again, as nobody tells since when it watches.
          write(2);
          return pidsOf("2").length;
        }, patiently)
        .toBeGreaterThan(0);

      child.kill(signal);

      // Its output ends once no process is left that could write to it.
      await once(child, "close");
    },
  );
});

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended, as it should.
  }
}

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLineOutput } from "../../src/runtimes/node-output.ts";

const patiently = { timeout: 60_000 };

describe("the output of lines", () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "portico-output-"));
    path = join(folder, "log");
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const written = () => readFileSync(path, "utf8");

  test("writes the lines of a turn once it is over, in order", async () => {
    const { print } = createLineOutput(openSync(path, "w"));

    print("a");
    print("ü");
    expect(written()).toBe("");
    await new Promise(setImmediate);
    expect(written()).toBe("a\nü\n");
    print("c");
    await new Promise(setImmediate);

    expect(written()).toBe("a\nü\nc\n");
  });

  test("writes at the end what is left, and nothing twice", async () => {
    const { print, end } = createLineOutput(openSync(path, "w"));

    print("a");
    end();
    end();
    expect(written()).toBe("a\n");
    await new Promise(setImmediate);

    expect(written()).toBe("a\n");
  });

  test("does not hold back a long turn until it is over", () => {
    const { print, end } = createLineOutput(openSync(path, "w"));
    const line = "x".repeat(1_000);

    for (let count = 0; count < 200; count++) print(line);

    expect(written().length).toBeGreaterThan(150_000);
    end();
    expect(written()).toBe(`${line}\n`.repeat(200));
  });
});

describe("a process that prints more than a pipe has room for", () => {
  const lines = 5_000;
  const programEndingIn = (end: string) => `
    import { createLineOutput } from ${JSON.stringify(new URL("../../src/runtimes/node-output.ts", import.meta.url).href)};
    // As the entry does before: from then on a full pipe has no room, where it would else wait for some.
    console.log("starts");
    const { print, end } = createLineOutput(1);
    process.on("exit", end);
    for (let line = 0; line < ${lines}; line++) print("line " + line + " " + "x".repeat(200));
    ${end}`;
  const argumentsFor = (end: string) => ["--input-type=module", "--eval", programEndingIn(end)];

  test.each([
    ["exits", "process.exit(3)", 3],
    ["crashes", "throw new Error('crash')", 1],
    ["crashes a moment later", "queueMicrotask(() => { throw new Error('crash') })", 1],
    ["has nothing more to do", "", 0],
  ])("loses no line when it %s", patiently, (_how, end, expected) => {
    const { stdout, status } = spawnSync(process.execPath, argumentsFor(end), {
      encoding: "utf8",
      maxBuffer: 10_000_000,
    });

    expect(status).toBe(expected);
    // The first says that it starts, and nothing comes after the last line break.
    expect(stdout.split("\n").slice(1, -1).map(numberOf)).toEqual([...Array(lines).keys()]);
  });

  test("goes on while nobody reads, and loses nothing once somebody does", patiently, async () => {
    const program = argumentsFor("setTimeout(() => { console.error('went on'); }, 50)");
    const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "pipe"] });
    await once(child.stderr, "data");
    await delay(100);

    let stdout = "";
    for await (const part of child.stdout.setEncoding("utf8")) stdout += part;

    expect(stdout.split("\n").slice(1, -1).map(numberOf)).toEqual([...Array(lines).keys()]);
  });

  test("does not fail where nobody reads any more", patiently, async () => {
    const program = argumentsFor("setTimeout(() => { print('vain'); process.exitCode = 5; }, 500)");
    const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");

    child.stdout.destroy();

    expect(await once(child, "exit")).toEqual([5, null]);
  });
});

function numberOf(line: string): number {
  return Number(/^line (\d+) x{200}$/.exec(line)?.[1]);
}

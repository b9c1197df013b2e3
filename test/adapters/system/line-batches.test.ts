import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { createLineBatches } from "../../../src/adapters/system/line-batches.ts";

function recording() {
  const printed: string[] = [];
  const turns: (() => void)[] = [];
  const batches = createLineBatches(
    (text) => printed.push(text),
    (callback) => turns.push(callback),
  );
  const endTurn = () => {
    for (const callback of turns.splice(0)) callback();
  };
  return { ...batches, printed, endTurn };
}

describe("line batches", () => {
  test("print the lines of a turn together, in order", () => {
    const { print, printed, endTurn } = recording();

    print("a");
    print("b");
    expect(printed).toEqual([]);
    endTurn();
    print("c");
    endTurn();

    expect(printed).toEqual(["a\nb", "c"]);
  });

  test("print at once what is asked for, and nothing twice", () => {
    const { print, flush, printed, endTurn } = recording();

    print("a");
    flush();
    flush();
    endTurn();

    expect(printed).toEqual(["a"]);
  });

  test("do not grow without end in a long turn", () => {
    const { print, printed, endTurn } = recording();
    const line = "x".repeat(1_000);

    for (let count = 0; count < 1_000; count++) print(line);

    expect(printed.length).toBeGreaterThan(10);
    endTurn();
    expect(printed.join("\n")).toBe(Array.from({ length: 1_000 }, () => line).join("\n"));
  });

  test("go on after a print that failed", () => {
    const printed: string[] = [];
    let isBroken = true;
    const { print, flush } = createLineBatches(
      (text) => {
        if (isBroken) throw new Error("EPIPE");
        printed.push(text);
      },
      () => undefined,
    );

    print("a");
    expect(flush).toThrow("EPIPE");
    isBroken = false;
    print("b");
    flush();

    expect(printed).toEqual(["b"]);
  });
});

describe("a process that prints in batches", () => {
  const modulePath = new URL("../../../src/adapters/system/line-batches.ts", import.meta.url).href;

  test.each([
    ["exits", "process.exit(3)", 3],
    ["crashes", "throw new Error('crash')", 1],
    ["crashes later", "queueMicrotask(() => { throw new Error('crash') })", 1],
    ["has nothing more to do", "", 0],
  ])("loses nothing when it %s", { timeout: 60_000 }, (_how, end, expected) => {
    const program = `
      import { createLineBatches } from ${JSON.stringify(modulePath)};
      const { print, flush } = createLineBatches(console.log, setImmediate);
      process.on("exit", flush);
      for (let line = 0; line < 2000; line++) print("line " + line + " " + "x".repeat(200));
      ${end}`;

    const { stdout, status } = spawnSync(
      process.execPath,
      ["--input-type=module", "--eval", program],
      { encoding: "utf8" },
    );

    expect(status).toBe(expected);
    expect(stdout.split("\n")).toHaveLength(2001);
    expect(stdout).toContain("line 1999 ");
  });
});

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import packageJson from "../package.json" with { type: "json" };
import { nextVersion, notesOf, parseChange, withVersion } from "../scripts/changesets.mjs";
import { root } from "../scripts/native.mjs";
import { waitingChanges } from "../scripts/release.mjs";

const read = (path: string) => readFileSync(join(root, path), "utf8");
const change = (growth: string, text: string) =>
  parseChange(`---\n"portico": ${growth}\n---\n\n${text}\n`, "portico");

describe("the changes that wait", () => {
  test("are in the form that makes a version of them", () => {
    const changes = waitingChanges().map((file) =>
      parseChange(readFileSync(file, "utf8"), packageJson.name),
    );

    expect(changes.every(({ text }) => text.length > 20)).toBe(true);
  });

  test.each([
    ["of another package", '---\n"other": minor\n---\n\nNew.\n'],
    ["of no growth", '---\n"portico": huge\n---\n\nNew.\n'],
    ["without a word", '---\n"portico": minor\n---\n\n'],
    ["without a head", "New.\n"],
  ])("are refused where one is %s", (_case, file) => {
    expect(() => parseChange(file, "portico")).toThrow("A change is of");
  });

  test.each([
    [["patch"], "0.1.3"],
    [["patch", "minor"], "0.2.0"],
    [["minor", "major", "patch"], "1.0.0"],
  ])("of %j make the version %s", (growths, version) => {
    const changes = growths.map((growth) => change(growth, "Something else."));

    expect(nextVersion("0.1.2", changes)).toBe(version);
  });

  test("make no version where there are none", () => {
    expect(() => nextVersion("0.1.2", [])).toThrow("no change");
  });

  test("become the newest part of the list of changes", () => {
    const list = "# Changes\n\nWords.\n\n## 0.1.0\n\nThe first.\n";
    const changes = [change("patch", "A fault\nis mended."), change("minor", "A thing is new.")];

    const next = withVersion(list, "0.2.0", changes);

    expect(notesOf(next, "0.2.0")).toBe(
      "### New\n\n- A thing is new.\n\n### Mended\n\n- A fault\n  is mended.",
    );
    expect(notesOf(next, "0.1.0")).toBe("The first.");
    expect(next.startsWith("# Changes\n\nWords.\n\n## 0.2.0\n")).toBe(true);
  });

  test("are told for a version that there is", () => {
    expect(notesOf(read("CHANGELOG.md"), packageJson.version)).not.toBe("");
    expect(() => notesOf("# Changes\n", "9.9.9")).toThrow("9.9.9");
  });
});

interface Workflow {
  readonly permissions: unknown;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly uses?: string; readonly run?: string }[] }>
  >;
}

describe.each(globSync(".github/workflows/*.yml", { cwd: root }))("%s", (path) => {
  const workflow: Workflow = parse(read(path));
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test("runs each action by the hash of its commit, and allows nothing but by job", () => {
    const actions = steps.flatMap(({ uses }) => uses ?? []);

    expect(actions.length).toBeGreaterThan(1);
    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@[\da-f]{40}$/.test(action))).toEqual([]);
    expect(workflow.permissions).toEqual({});
  });

  test("writes no expression into a command, where its text would be run", () => {
    const commands = steps.flatMap(({ run }) => run ?? []);

    expect(commands.filter((command) => command.includes("$" + "{{"))).toEqual([]);
  });
});

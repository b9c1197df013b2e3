import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import { operations } from "../../../src/testing/cognito-server/operations.ts";

const root = join(import.meta.dirname, "../../../src/testing/cognito-server");

/** Its rooms, from the ground up: a file imports from its own room and from those before it. */
const rooms = [
  "wire",
  "srp",
  "settings",
  "pool",
  "directory",
  "answers",
  "users",
  "triggers",
  "devices",
  "callers",
  "sign-in",
  "operations",
  "operations/pool",
  ".",
];

const files = globSync("**/*.ts", { cwd: root }).sort();
const imports = new Map(files.map((file) => [file, importsOf(file)]));

/** Those of the server's own files, of types as well. */
function importsOf(file: string): readonly string[] {
  const statements = readFileSync(join(root, file), "utf8").matchAll(/\sfrom "(\.[^"]+)"/g);
  return [...statements]
    .map(([, specifier = ""]) => relative(root, join(root, dirname(file), specifier)))
    .filter((target) => !target.startsWith(".."));
}

test("every room of the strict server is known, and imports from those beneath it only", () => {
  const backwards = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => levelOf(target) > levelOf(file))
      .map((target) => `${file} imports ${target}`),
  );

  expect(files.filter((file) => levelOf(file) < 0)).toEqual([]);
  expect(backwards).toEqual([]);
});

test("no file of the strict server imports itself by way of others, types included", () => {
  expect(files.filter((file) => reachableFrom(file).has(file))).toEqual([]);
});

test("no room of the strict server has more than 24 files", () => {
  const sizes = Map.groupBy(files, dirname);

  expect([...sizes].filter(([, inside]) => inside.length > 24)).toEqual([]);
});

test("every operation is in the file that is named by the longest part of its name", () => {
  const homes = files.filter(
    (file) => file.startsWith("operations/") && !/\boperation\.ts$/.test(file),
  );
  const misplaced = [...operations.keys()].filter((operation) => {
    const [home] = homes
      .filter((file) => operation.toLowerCase().includes(subjectOf(file)))
      .sort((one, other) => subjectOf(other).length - subjectOf(one).length);
    return !home || !declares(home, operation);
  });

  expect(misplaced).toEqual([]);
});

/** `user-pool-client` is what `CreateUserPoolClient` is about. */
function subjectOf(file: string): string {
  return basename(file, ".ts").replaceAll("-", "");
}

function declares(file: string, operation: string): boolean {
  return new RegExp(`^  ${operation}: `, "m").test(readFileSync(join(root, file), "utf8"));
}

function levelOf(file: string): number {
  return rooms.indexOf(dirname(file));
}

function reachableFrom(start: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const open = [...(imports.get(start) ?? [])];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    open.push(...(imports.get(file) ?? []));
  }
  return reached;
}

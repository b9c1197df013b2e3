import { existsSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import mutationGroups from "../tools/mutation/groups.json" with { type: "json" };
import { behaviours } from "./behaviours.ts";
import { circlesOf, edgesBetween, filesOf, importsOf } from "./support/import-graph.ts";

const root = join(import.meta.dirname, "..");
const files = filesOf("src/**/*.ts");
const imports = files.flatMap(importsOf);

/** Folders of `test/` that hold tests of the whole, and so have no namesake in `src/`. */
const wholes = ["browser", "contract", "runtime", "fuzz", "soak", "bench", "support", "examples"];

const tests = filesOf("test/*/**/*.test.ts").filter(
  (file) => !wholes.includes(file.split("/")[1] ?? ""),
);

/** Most files that a reader takes in at a glance. */
const mostFiles = 24;

describe("the house", () => {
  test("no folder of the source holds more files than a reader takes in at a glance", () => {
    const counts = Map.groupBy(files, (file) => dirname(file));
    const crowded = [...counts].filter(([, inside]) => inside.length > mostFiles);

    expect(crowded.map(([folder, inside]) => `${folder}: ${inside.length}`)).toEqual([]);
  });

  test("no files import one another in a circle, types included, but for pairs of types", () => {
    const circles = circlesOf(edgesBetween(imports, (file) => file));
    const ofValues = circlesOf(
      edgesBetween(
        imports.filter(({ typeOnly }) => !typeOnly),
        (file) => file,
      ),
    );

    expect(ofValues).toEqual([]);
    expect(circles.filter((circle) => circle.length > 2)).toEqual([]);
  });

  test("rooms that lie side by side are imported in one direction", () => {
    const parents = new Set(files.map((file) => dirname(dirname(file))));
    // The layers have rules of their own: see architecture.test.ts.
    parents.delete("src");
    const circles = [...parents].flatMap((parent) => {
      const roomOf = (file: string) =>
        file.startsWith(`${parent}/`)
          ? file.slice(parent.length + 1).match(/^([^/]+)\//)?.[1]
          : undefined;
      return circlesOf(edgesBetween(imports, roomOf)).map(
        (rooms) => `${parent}: ${rooms.join(" ")}`,
      );
    });

    expect(circles).toEqual([]);
  });

  test("the source is of files that these rules read", () => {
    const others = filesOf("src/**/*.*").filter((file) => !file.endsWith(".ts"));

    expect(others).toEqual([]);
  });

  test("each entry of the package is a file of its name", () => {
    const entries = Object.entries(packageJson.exports).filter(
      ([name]) => name !== "./package.json",
    );
    const misplaced = entries.filter(([name, target]) => {
      const file = name === "." ? "index" : name.slice(2);
      const isNamed = typeof target === "object" && target.default === `./dist/${file}.js`;
      return !isNamed || !existsSync(join(root, `src/${file}.ts`));
    });

    expect(entries.length).toBeGreaterThan(9);
    expect(misplaced).toEqual([]);
  });

  test("each test lies in the folder of what it tests", () => {
    const homeless = tests.filter(
      (file) => !existsSync(join(root, dirname(file).replace("test", "src"))),
    );

    expect(tests.length).toBeGreaterThan(150);
    expect(homeless).toEqual([]);
  });

  test("each test is named as what it tests, or is on the list of behaviours", () => {
    const listed = Object.keys(behaviours).map((path) => `test/${path}`);
    const isListed = (file: string) =>
      listed.some((path) => (path.endsWith("/") ? file.startsWith(path) : file === path));
    const nameless = tests.filter((file) => !hasNamesake(file));

    expect(nameless.filter((file) => !isListed(file))).toEqual([]);
    const unneeded = listed.filter((path) => !nameless.some((file) => file.startsWith(path)));
    expect(unneeded).toEqual([]);
  });

  test("each pattern of the mutation tests names files that are there", () => {
    const patterns = mutationGroups.flatMap(({ mutate, except, tests }) => [
      ...mutate,
      ...except,
      ...tests,
    ]);

    expect(patterns.filter((pattern) => filesOf(pattern).length === 0)).toEqual([]);
  });
});

/** True where a test is named as a source file or a folder of its place, or as the very folder that it lies in. */
function hasNamesake(file: string): boolean {
  const source = join(root, file.replace("test", "src").replace(/\.test\.ts$/, ""));
  const isOfFolder = basename(source) === basename(dirname(source));
  return isOfFolder || existsSync(`${source}.ts`) || existsSync(source);
}

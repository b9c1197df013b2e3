import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { accepted } from "./changes/accepted.ts";
import { breakingChanges } from "./changes/changes.ts";

const here = import.meta.dirname;
const read = (path: string) => parse(readFileSync(join(here, path), "utf8"));
const is = read("../../../openapi.yaml");

/** The documents that were released, each by its version: a release adds its own, and takes none away. */
const versions = readdirSync(join(here, "released")).map((file) => file.replace(/\.yaml$/, ""));

describe("openapi.yaml", () => {
  test.each(versions)(
    "breaks no client of version %s, but where that was thought about",
    (version) => {
      const changes = breakingChanges({ was: read(`released/${version}.yaml`), is });
      const told = changes.map(({ rule, where }) => `${rule} ${where}`);
      const known = Object.keys(accepted[version] ?? {});

      expect(told.filter((change) => !known.includes(change))).toEqual([]);
      expect(known.filter((change) => !told.includes(change))).toEqual([]);
    },
  );

  test("is held against a release", () => {
    expect(versions).toContain("0.1.0");
  });
});

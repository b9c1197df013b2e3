import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { root } from "../scripts/native.mjs";
import { manifestOf, notYet, packages } from "../scripts/packages.mjs";

/** The entries that the package is to have. */
const promised = [
  "portico",
  ...["memory", "cognito", "jwt", "hono", "express", "fastify", "testing", "client", "elements"],
  ...["session", "node", "lambda", "better-auth", "redis", "cloudflare", "webauthn"],
].map((name) => (name === "portico" ? name : `portico/${name}`));

const own = Object.keys(packageJson.exports).map((subpath) => subpath.replace(/^\./, "portico"));

describe("the packages", () => {
  test("have every entry that is promised, or a reason why one is not there yet", () => {
    const missing = promised.filter((entry) => !own.includes(entry));

    // Whoever adds one takes it off the list in scripts/packages.mjs.
    expect(Object.keys(notYet).toSorted()).toEqual(missing.toSorted());
  });

  test.each(packages)("$name is of files that are there", ({ entries, readme, further }) => {
    const files = [...Object.values(entries).map((file) => `src/${file}.ts`), readme, ...further];

    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  test.each(packages)(
    "$name says in its README what it needs",
    ({ name, node, typescript, ...pack }) => {
      const readme = readFileSync(join(root, pack.readme), "utf8");

      expect(manifestOf({ name, node, typescript, ...pack }).engines.node).toBe(`>=${node}`);
      const isSaid = name === "portico" || readme.includes(`from version ${node}`);
      expect(isSaid).toBe(true);
    },
  );

  test("the verifier and the client bring no package along", () => {
    const [, verifier, client] = packages;

    expect([verifier?.dependencies, client?.dependencies]).toEqual([{}, {}]);
  });
});

import { describe, expect, test } from "vitest";
import { computed, importsIn } from "./import-graph.ts";

const file = "src/http/app.ts";

function targetsIn(text: string): readonly string[] {
  return importsIn(text, file).map(({ target }) => target);
}

describe("the graph of imports", () => {
  test.each([
    ["a comment between the names", 'import {\n  // no; "not"\n  a,\n} from "hono";', "hono"],
    ["a comment of several lines before the name", 'import /* ;\n" */ a from "hono";', "hono"],
    ["a star", 'export * from "../domain/user.ts";', "src/domain/user.ts"],
    ["nothing but the name", 'import "../domain/user.ts";', "src/domain/user.ts"],
    ["a call", 'const a = () => import("hono");', "hono"],
    ["a call of several lines", 'const a = () => import(\n  "hono"\n);', "hono"],
    ["a call with options", 'import("hono", { with: {} });', "hono"],
    ["a call with a name that turns out later", "const a = () => import(name);", computed],
    ["a call with a template", "const a = () => import(`hono`);", computed],
    ["a call with a sum", 'const a = () => import("ho" + "no");', computed],
    ["a call of old", 'const a = require("hono");', computed],
  ])("has an import with %s", (_how, text, target) => {
    expect(targetsIn(text)).toEqual([target]);
  });

  test("has nothing of what comments say, and takes no address for a comment", () => {
    const text =
      '// import a from "hono";\n/* import("hono") */\nconst a = "https://a.example";\nimport b from "b";';

    expect(targetsIn(text)).toEqual(["b"]);
  });

  test("has an import of types as such", () => {
    const text =
      'import type { A } from "a";\nimport { type B, type C } from "b";\nimport { D } from "d";';

    expect(importsIn(text, file).map(({ typeOnly }) => typeOnly)).toEqual([true, true, false]);
  });
});

// Writes openapi.yaml in the form of OpenAPI 3.0, for tools that take no newer.
//   node scripts/openapi-30.mjs [--json] [folder]     dist by default
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { parse } from "yaml";
import { openApi30 } from "../src/http/openapi/older-form.ts";
import { toYaml } from "../src/http/openapi/yaml.ts";
import { root } from "./native.mjs";

const { values, positionals } = parseArgs({
  options: { json: { type: "boolean", default: false } },
  allowPositionals: true,
});
const [folder = join(root, "dist")] = positionals;
const older = openApi30(parse(readFileSync(join(root, "openapi.yaml"), "utf8")));
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "openapi-3.0.yaml"), toYaml(older));
if (values.json) writeFileSync(join(folder, "openapi-3.0.json"), JSON.stringify(older));

// Writes openapi.yaml in the form of OpenAPI 3.0, for tools that take no newer, as YAML and as JSON.
//   node scripts/openapi-30.mjs [folder]     dist by default
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { parse } from "yaml";
import { openApi30 } from "../src/http/openapi/older-form.ts";
import { toYaml } from "../src/http/openapi/yaml.ts";
import { root } from "./native.mjs";

const folder = process.argv[2] ?? join(root, "dist");
const document = parse(readFileSync(join(root, "openapi.yaml"), "utf8"));
mkdirSync(folder, { recursive: true });
const older = openApi30(document);
writeFileSync(join(folder, "openapi-3.0.yaml"), toYaml(older));
writeFileSync(join(folder, "openapi-3.0.json"), JSON.stringify(older));

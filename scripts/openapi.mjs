// Writes openapi.yaml from the routes, then the client's types from openapi.yaml.
// The tests that guard the two files are also their only writers.
import { updateFiles } from "./update-files.mjs";

updateFiles(["test/http/openapi/document.test.ts", "test/client-types.test.ts"]);

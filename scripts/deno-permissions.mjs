// Writes the settings into the list of variables that deno.json lets the service read.
// The test that guards the list is also its only writer.
import { updateFiles } from "./update-files.mjs";

updateFiles(["test/deno-permissions.test.ts"]);

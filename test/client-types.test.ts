import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = promisify(execFile);

// Written by `npm run openapi`, as openapi.yaml is.
test("the client's types are those of openapi.yaml", async () => {
  const generator = "tools/openapi/node_modules/openapi-typescript/bin/cli.js";

  const { stdout } = await run(process.execPath, [generator, "openapi.yaml"]);

  await expect(stdout).toMatchFileSnapshot("../src/client/generated/api.ts");
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../scripts/native.mjs";
import { settingNames } from "../src/service/settings.ts";

/** What the AWS SDK reads besides its configuration, however completely that is given. */
const readByAwsSdk = [
  "AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_BENCHMARK_MODE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_MAX_CONCURRENCY",
  "AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA",
  "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED",
  "_X_AMZN_TRACE_ID",
];

const file = join(root, "deno.json");
const written = readFileSync(file, "utf8");
const { tasks } = JSON.parse(written) as { tasks: { start: string } };
const permissions = tasks.start.split(" ").filter((argument) => argument.startsWith("--allow-"));

// Written by `npm run deno-permissions`, so that whoever adds a setting need not.
test("Deno may read the settings, what the AWS SDK asks for, and nothing else", async () => {
  const names = [...new Set([...settingNames(), ...readByAwsSdk])].join(",");

  const granted = written.replace(/--allow-env=\S+/, `--allow-env=${names}`);

  await expect(granted).toMatchFileSnapshot(file);
});

test("Deno may use the network and the kernel's release, and no file, process or library", () => {
  const others = permissions.filter((permission) => !permission.startsWith("--allow-env="));

  expect(others).toEqual(["--allow-net", "--allow-sys=osRelease"]);
});

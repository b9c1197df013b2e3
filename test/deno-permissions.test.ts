import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { settingNames } from "../src/service/compose.ts";

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

const { tasks } = JSON.parse(readFileSync("deno.json", "utf8")) as { tasks: { start: string } };
const permissions = tasks.start.split(" ").filter((argument) => argument.startsWith("--allow-"));

test("Deno may read the settings, what the AWS SDK asks for, and nothing else", () => {
  const environment = permissions.find((permission) => permission.startsWith("--allow-env="));

  const names = environment?.slice("--allow-env=".length).split(",");

  expect(new Set(names)).toEqual(new Set([...settingNames(), ...readByAwsSdk]));
});

test("Deno may use the network and the kernel's release, and no file, process or library", () => {
  const others = permissions.filter((permission) => !permission.startsWith("--allow-env="));

  expect(others).toEqual(["--allow-net", "--allow-sys=osRelease"]);
});

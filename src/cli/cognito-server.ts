#!/usr/bin/env node
import process from "node:process";
import { whereNodeSuffices } from "./node-version.ts";

await whereNodeSuffices(async () => {
  const [{ cognitoServer }, { runCommand }, { createTerminal }] = await Promise.all([
    import("./commands/cognito-server.ts"),
    import("./run.ts"),
    import("./terminal.ts"),
  ]);
  const args = process.argv.slice(2);
  const status = await runCommand(cognitoServer, args, createTerminal(), "portico-cognito-server");
  if (status !== undefined) process.exitCode = status;
});

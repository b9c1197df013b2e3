#!/usr/bin/env node
import process from "node:process";
import { cognitoServer } from "./commands/cognito-server.ts";
import { runCommand } from "./run.ts";
import { createTerminal } from "./terminal.ts";

const args = process.argv.slice(2);
const status = await runCommand(cognitoServer, args, createTerminal(), "portico-cognito-server");
if (status !== undefined) process.exitCode = status;

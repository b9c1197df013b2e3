// The programs of the package: its commands, started as npm starts them, and the service.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { isDeepStrictEqual } from "node:util";
import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { openApiDocument } from "../src/http/openapi/document.ts";
import { service } from "./build-package.mjs";

/**
 * Starts each program of a package, and says what is wrong with them.
 * @param {import("./packed-project.mjs").PackedProject} project
 */
export async function faultsOfPrograms({ pack, manifest, folder, installed }) {
  /** @type {string[]} */
  const faults = [];
  if (pack.name !== "portico") return faults;
  for (const [command, path] of Object.entries(manifest.bin ?? {})) {
    // As npm calls it: through a link of another name.
    const link = join(folder, command);
    symlinkSync(join(installed, String(path)), link);
    const words = command === "portico" ? ["cognito-server"] : [];
    faults.push(...(await faultsOfServer(command, [link, ...words, "--port", "0"], listsNoPools)));
  }
  const serve = [join(folder, "portico"), "serve"];
  faults.push(...(await faultsOfServer("portico serve", serve, servesDocument)));
  faults.push(...(await faultsOfServer("the service", [join(installed, service)], servesDocument)));
  return faults;
}

/**
 * Starts a server on a free port, and says what is wrong with it, if anything is.
 * @param {string} name
 * @param {string[]} args
 * @param {(address: string) => Promise<void>} check
 */
async function faultsOfServer(name, args, check) {
  const server = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, PORT: "0" },
  });
  const ended = once(server, "close");
  try {
    const [line] = await Promise.race([once(server.stdout, "data"), ended]);
    const [address = ""] = /http:\/\/[\w.:]+/.exec(String(line)) ?? [];
    await check(address);
    return [];
  } catch (error) {
    return [`${name} does not answer: ${error instanceof Error ? error.message : error}`];
  } finally {
    server.kill();
    await ended;
  }
}

/** @param {string} endpoint */
async function listsNoPools(endpoint) {
  const sdk = new CognitoIdentityProviderClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
    maxAttempts: 1,
  });
  const { UserPools } = await sdk.send(new ListUserPoolsCommand({ MaxResults: 1 }));
  if (UserPools?.length !== 0) throw new Error("it has pools that nobody made");
}

/**
 * Expects the document, which is loaded at the first request only, to be the one of the source.
 * @param {string} address
 */
async function servesDocument(address) {
  const answer = await fetch(`${address}/openapi.json`);
  // As text has it, which knows no prototypes.
  const document = JSON.parse(JSON.stringify(openApiDocument()));
  if (!isDeepStrictEqual(await answer.json(), document)) {
    throw new Error("its document is not the one of the source");
  }
}

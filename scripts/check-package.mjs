// Holds the built package against its manifest: each entry is packed, with its types, and loads on the
// runtimes that it is for, and each command starts and answers the official client.
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import {
  CognitoIdentityProviderClient,
  ListUserPoolsCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { nativeBinary, root } from "./native.mjs";

const { name, exports, bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const [pack] = JSON.parse(
  execFileSync("npm", ["pack", "--dry-run", "--json"], { cwd: root, encoding: "utf8" }),
);
const packed = new Set(pack.files.map((/** @type {{ path: string }} */ { path }) => `./${path}`));

/** @type {Record<string, string[]>} */
const runtimes = {
  node: [process.execPath, "--input-type=module", "--eval"],
  deno: [nativeBinary("deno"), "eval"],
  bun: [nativeBinary("bun"), "--eval"],
};

/** @type {string[]} */
const faults = [];
for (const [subpath, target] of Object.entries(exports)) {
  if (typeof target === "string") continue;
  for (const path of [target.types, target.default]) {
    if (!packed.has(path)) faults.push(`${subpath}: ${path} is not in the package`);
  }
  for (const [runtime, [command = "", ...args]] of Object.entries(runtimes)) {
    if (subpath === "./node" && runtime !== "node") continue;
    const program = `if (Object.keys(await import(${JSON.stringify(join(root, target.default))})).length === 0) throw new Error("it exports nothing")`;
    const { status, stderr } = spawnSync(command, [...args, program], { encoding: "utf8" });
    const reason = stderr.split("\n").find((line) => /error/i.test(line)) ?? stderr;
    if (status !== 0) faults.push(`${subpath} does not load on ${runtime}: ${reason}`);
  }
}

for (const [command, path] of Object.entries(bin)) {
  if (!packed.has(path)) faults.push(`${command}: ${path} is not in the package`);
  // As npm calls it: through a link of another name.
  const directory = mkdtempSync(join(tmpdir(), "portico-bin-"));
  symlinkSync(join(root, path), join(directory, command));
  const fault = await faultOfServer(join(directory, command));
  if (fault) faults.push(`${command} ${fault}`);
  rmSync(directory, { recursive: true });
}

for (const fault of faults) console.error(fault);
console.log(`${name}: ${packed.size} files, ${(pack.size / 1024).toFixed(1)} KiB packed`);
process.exitCode = faults.length > 0 ? 1 : 0;

/**
 * Starts a Cognito server on a free port, and says what is wrong with it, if anything is.
 * @param {string} command
 */
async function faultOfServer(command) {
  const server = spawn(process.execPath, [command, "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "close");
  try {
    const [line] = await Promise.race([once(server.stdout, "data"), ended]);
    const [endpoint = ""] = /http:\/\/\S+/.exec(String(line)) ?? [];
    const sdk = new CognitoIdentityProviderClient({
      endpoint,
      region: "us-east-1",
      credentials: { accessKeyId: "any", secretAccessKey: "any" },
      maxAttempts: 1,
    });
    const { UserPools } = await sdk.send(new ListUserPoolsCommand({ MaxResults: 1 }));
    return UserPools?.length === 0 ? undefined : "answers with pools that nobody made";
  } catch (error) {
    return `does not answer: ${error instanceof Error ? error.message : error}`;
  } finally {
    server.kill();
    await ended;
  }
}

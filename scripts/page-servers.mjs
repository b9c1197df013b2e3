// Servers that the commands of a page start, for the scripts that run pages: on free ports, and ended as groups.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { root } from "./native.mjs";

/**
 * @typedef {object} PageServer
 * @property {string} url
 * @property {() => string} output What it printed so far.
 * @property {() => Promise<void>} stop
 */

export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
  probe.close();
  return port;
}

/**
 * Starts a server by a shell's lines, and waits until it answers.
 * @param {string} lines The last of them serves.
 * @param {{ port: number, path: string, env?: Record<string, string>, cwd?: string }} options
 * @returns {Promise<PageServer>}
 */
export async function startPageServer(lines, { port, path, env = {}, cwd = root }) {
  const child = spawn("bash", ["-eu", "-c", lines], {
    cwd,
    env: { ...process.env, ...env, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  const url = `http://127.0.0.1:${port}`;
  const stop = async () => {
    if (child.exitCode !== null) return;
    // The shell is the leader of a group that the server is in.
    process.kill(-Number(child.pid), "SIGTERM");
    await once(child, "exit");
  };
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null) throw new Error(`it ended:\n${output}`);
    const answer = await fetch(url + path).catch(() => undefined);
    if (answer) return { url, output: () => output, stop };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  await stop();
  throw new Error(`it did not serve:\n${output}`);
}

/**
 * The blocks of a page in a shell's language.
 * @param {string} text
 */
export function shellBlocks(text) {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block = ""]) => block);
}

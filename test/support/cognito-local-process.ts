import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CognitoLocal,
  cognitoLocalAt,
  cognitoLocalCode,
  cognitoLocalConfig,
} from "./cognito-local.ts";
import {
  freePort,
  ServerExited,
  type ServerProcess,
  startServerProcess,
} from "./server-process.ts";

const startScript = createRequire(import.meta.url).resolve("cognito-local/lib/bin/start.js");

/** Starts cognito-local as a child process on data of its own, so that any number can run at once. */
export async function startCognitoLocalProcess(): Promise<CognitoLocal> {
  const folder = await mkdtemp(join(tmpdir(), "cognito-local-"));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  try {
    await mkdir(join(folder, ".cognito"));
    await writeFile(join(folder, ".cognito", "config.json"), cognitoLocalConfig);
    const { endpoint, server } = await startOnFreePort(folder);
    return cognitoLocalAt(endpoint, async () => {
      await server.stop();
      await removeFolder();
    });
  } catch (error) {
    await removeFolder();
    throw error;
  }
}

interface Started {
  readonly endpoint: string;
  readonly server: ServerProcess;
}

/** A port that was free can be taken by the time that it is used, so there is more than one try. */
async function startOnFreePort(cwd: string, tries = 3): Promise<Started> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const env = {
    HOST: "127.0.0.1",
    PORT: String(port),
    CODE: cognitoLocalCode,
    AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: "1",
  };
  const isReady = () => answersOk(`${endpoint}/health`);
  const command = { command: process.execPath, args: [startScript], cwd, env, isReady };
  try {
    return { endpoint, server: await startServerProcess(command) };
  } catch (error) {
    const portTaken = error instanceof ServerExited && error.output.includes("EADDRINUSE");
    if (portTaken && tries > 1) return startOnFreePort(cwd, tries - 1);
    throw error;
  }
}

async function answersOk(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

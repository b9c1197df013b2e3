import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { basename, resolve } from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import type { Command, ExitStatus } from "../command.ts";
import { choices, readChoices } from "../init/choices.ts";
import { ownVersion } from "../init/origin.ts";
import { projectFiles } from "../init/project-files.ts";
import { checkEmpty, writeProject } from "../init/write-project.ts";
import { withProgress } from "../progress.ts";
import type { Terminal } from "../terminal.ts";

/** Begins a project. */
export const init: Command = {
  name: "init",
  summary: "begin a project: users, sign-in pages and settings",
  details: `Writes a small project that starts with "npm start", and installs its packages. With Cognito, the user pool comes as an
app of the AWS CDK, set up as the service needs it, and "npm run local" serves in front of the same pool on this machine.
It asks for what is not said, where somebody is there to be asked. Nothing is overwritten: the folder has to be empty.`,
  argument: { name: "folder", text: "where to; it is made if it is not there (this folder)" },
  options: {
    provider: { value: choices.provider.values.join("|"), text: "where users are (memory)" },
    runtime: { value: choices.runtime.values.join("|"), text: "what serves them (node)" },
    pages: { value: choices.pages.values.join("|"), text: "whether there are sign-in pages (on)" },
    portico: { value: "version", text: "the version of Portico to depend on (this one)" },
    "no-install": { text: "leave the packages to be installed later" },
  },
  async run(given, terminal) {
    const name = given.argument ?? ".";
    const folder = resolve(terminal.folder, name);
    checkEmpty(folder, name === "." ? "This folder" : name);
    const chosen = await readChoices(given, terminal);
    const files = projectFiles({
      ...chosen,
      name: packageName(basename(folder)),
      portico: given.text("portico") ?? ownVersion(),
      sessionSecret: randomBytes(32).toString("hex"),
    });
    writeProject(folder, files);
    const isInstalling = !given.has("no-install");
    const status = isInstalling ? await install(folder, terminal) : 0;
    const next = nextSteps(
      name,
      chosen.provider === "cognito" ? "npm run local" : "npm start",
      isInstalling && status === 0,
    );
    if (given.json) terminal.print(JSON.stringify({ folder, files: Object.keys(files), next }));
    else terminal.print(`Written: ${Object.keys(files).join(", ")}.\nNow: ${next}`);
    return status;
  },
};

function nextSteps(name: string, start: string, isInstalled: boolean): string {
  const steps = [
    ...(name === "." ? [] : [`cd ${name}`]),
    ...(isInstalled ? [] : ["npm install"]),
    start,
  ];
  return steps.join(" && ");
}

/** The form that npm demands of names. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9-]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return name === "" ? "sign-in" : name;
}

/** Has npm install the packages. What it says is shown only where it fails. */
async function install(folder: string, terminal: Terminal): Promise<ExitStatus> {
  const npm = spawn("npm", ["install", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
    shell: process.platform === "win32",
  });
  const said = text(npm.stderr);
  try {
    const [status] = await withProgress(terminal, "Installing packages", once(npm, "close"));
    if (status === 0) return 0;
    terminal.tell(`npm could not install the packages:\n${(await said).trim()}`);
  } catch {
    terminal.tell("There is no npm to install the packages with.");
  }
  return 2;
}

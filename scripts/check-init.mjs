// Begins a project as a newcomer does, from the tarball by npx, and takes it to a page that somebody has signed in on: one more
// command. It needs the built package (npm run build) and npm's registry.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { root } from "./native.mjs";

const folder = mkdtempSync(join(tmpdir(), "portico-newcomer-"));
const port = 18_080 + (process.pid % 1_000);
const url = `http://127.0.0.1:${port}`;
const ofPage = { "Portico-Session": "cookie", "Sec-Fetch-Site": "same-origin" };
const ada = { username: "ada@example.com", password: "Correct-Horse-7-Battery" };

try {
  const tarball = pack();
  run("npx", ["--yes", `--package=${tarball}`, "portico", "init", "app"]);
  await served(["start"], signIn);
  run("npx", ["--yes", `--package=${tarball}`, "portico", "init", "pool", "--provider", "cognito"]);
  await served(["run", "local"], pageIsThere);
  console.log("From npx to a signed-in page: one more command.");
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack() {
  const packed = execFileSync("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: join(root, "dist", "portico"),
    encoding: "utf8",
  });
  return `./${JSON.parse(packed)[0].filename}`;
}

/** @param {string} command @param {string[]} args */
function run(command, args) {
  execFileSync(command, args, { cwd: folder, stdio: ["ignore", "inherit", "inherit"] });
}

/**
 * Starts a project by the one command, and holds it against a check.
 * @param {string[]} script @param {(output: () => string) => Promise<void>} check
 */
async function served(script, check) {
  const cwd = join(folder, script[0] === "start" ? "app" : "pool");
  const env = { ...process.env, PORT: String(port) };
  // A group of its own, as npm does not pass every signal on.
  const server = spawn("npm", script, {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(server, "close");
  let output = "";
  server.stdout.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
    output += text;
  });
  try {
    await untilAlive(() => server.exitCode !== null);
    await check(() => output);
  } finally {
    if (server.pid && server.exitCode === null) process.kill(-server.pid, "SIGTERM");
    await ended;
  }
}

/** @param {() => boolean} hasEnded */
async function untilAlive(hasEnded) {
  for (let tries = 0; tries < 300 && !hasEnded(); tries += 1) {
    const isAlive = await fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isAlive) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the project does not answer");
}

async function pageIsThere() {
  const page = await fetch(`${url}/sign-in`);
  const text = await page.text();
  if (page.status !== 200 || !text.includes("<portico-sign-in")) {
    throw new Error(`/sign-in answered ${page.status}, and no page to sign in on`);
  }
}

/** Signs up and in by the calls that the pages make, and asks for the profile by the cookies. */
async function signIn() {
  await pageIsThere();
  const { username, password } = ada;
  await send("/v1/sign-up", { username, password, attributes: { email: username } });
  const outbox = await fetch(`${url}/dev/outbox?username=${encodeURIComponent(username)}`);
  const [message] = (await outbox.json()).messages;
  await send("/v1/sign-up/confirm", { username, code: message.code });
  const signedIn = await send("/v1/sign-in", ada);
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const profile = await fetch(`${url}/v1/me`, { headers: { ...ofPage, cookie } });
  const { attributes } = await profile.json();
  if (attributes?.email !== username) throw new Error("nobody is signed in");
}

/** @param {string} path @param {object} body */
async function send(path, body) {
  const headers = { ...ofPage, "Content-Type": "application/json" };
  const response = await fetch(url + path, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok)
    throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response;
}

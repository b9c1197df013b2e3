// Does what the pages on other back ends tell an operator to type: docs/better-auth.md, docs/cognito-server.md, and the request of
// docs/resource-apis.md. Each block is run as it is written, but on free ports and with what is installed here.
// Needs curl and the AWS CLI.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./native.mjs";
import { freePort, shellBlocks, startPageServer } from "./page-servers.mjs";

const account = { username: "grace@example.com", password: "Correct-Horse-7" };
const directory = mkdtempSync(join(tmpdir(), "pages-"));
/** @type {(() => Promise<void>)[]} */
const stops = [];
let failed = 0;
try {
  await usersInDatabase();
  await cognitoServer();
  await introspection();
} finally {
  for (const stop of stops.reverse()) await stop();
  rmSync(directory, { recursive: true });
}
process.exitCode = failed > 0 ? 1 : 0;

async function usersInDatabase() {
  const [block = ""] = blocksOf("docs/better-auth.md");
  const lines = block
    .replace(/^npm install .*\n/, "")
    .replace("file:./users.db", `file:${directory}/users.db`);
  judge("docs/better-auth.md: a sign-up", await signUpAt(await serve(lines)), 201);
}

async function cognitoServer() {
  const page = "docs/cognito-server.md";
  const [start = "", variables = "", signed = "", portico = ""] = blocksOf(page);
  const port = await freePort();
  /** @param {string} lines */
  const here = (lines) => lines.replaceAll("127.0.0.1:9230", `127.0.0.1:${port}`);
  const command = start.split("\n")[0]?.replace(/\s+#.*/, "") ?? "";
  const server = await startPageServer(`${command} -- --port ${port}`, { port, path: "/" });
  stops.push(server.stop);
  const [setting = "", aws = ""] = here(variables).split(/(?<=\n)(?=aws )/);
  judge(`${page}: the AWS CLI`, run(setting + withEndpoint(aws, port)), '"UserPools": []');
  judge(`${page}: curl`, run(here(signed)), '"UserPools":[]');
  const lines = setting + withEndpoint(here(portico), port);
  judge(`${page}: a sign-up`, await signUpAt(await serve(lines)), 201);
}

async function introspection() {
  const client = { id: "orders-api", secret: "0123456789abcdef0123456789abcdef" };
  const variables = [
    `export INTROSPECTION_CLIENT_ID=${client.id} INTROSPECTION_CLIENT_SECRET=${client.secret}`,
    "export access_token=rubbish\n",
  ].join("\n");
  const url = await serve(`${variables}npm start`);
  const [block = ""] = blocksOf("docs/resource-apis.md");
  const answer = run(variables + block.replace("https://id.example.com", url));
  judge("docs/resource-apis.md: introspection", answer, '"active":false');
}

/**
 * Version 1 of the AWS CLI before 1.29 takes the endpoint from its option alone, as the page says.
 * @param {string} lines
 * @param {number} port
 */
function withEndpoint(lines, port) {
  return lines.replaceAll(
    /\baws cognito-idp/g,
    `aws --endpoint-url http://127.0.0.1:${port} cognito-idp`,
  );
}

/** @param {string} page */
function blocksOf(page) {
  return shellBlocks(readFileSync(join(root, page), "utf8"));
}

/** @param {string} lines */
async function serve(lines) {
  const server = await startPageServer(lines, { port: await freePort(), path: "/health/live" });
  stops.push(server.stop);
  return server.url;
}

/** @param {string} url */
async function signUpAt(url) {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify(account);
  return (await fetch(`${url}/v1/sign-up`, { method: "POST", headers, body })).status;
}

/** @param {string} lines */
function run(lines) {
  const { stdout, stderr } = spawnSync("bash", ["-eu"], {
    input: lines,
    encoding: "utf8",
    cwd: root,
  });
  return stdout + stderr;
}

/**
 * @param {string} what
 * @param {string | number} answer
 * @param {string | number} wanted
 */
function judge(what, answer, wanted) {
  const good = typeof answer === "string" ? answer.includes(String(wanted)) : answer === wanted;
  console.log(`${good ? "ok    " : "not ok"} ${what}`);
  if (!good) console.log(`       but it answers ${answer}`);
  failed += good ? 0 : 1;
}

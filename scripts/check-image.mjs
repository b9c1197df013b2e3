// Builds the container image and holds it against what deploy/ and docs/deploying.md say of it: it runs as nobody, on a file
// system that it cannot write to, says that it is healthy, refuses to start as a service that anybody could take over, and
// finishes the requests in flight when it is told to stop. It needs a Docker engine, the built package and npm's registry.
//   node scripts/check-image.mjs
import { execFileSync, spawnSync } from "node:child_process";
import { request } from "node:http";
import process from "node:process";
import { buildImageBase } from "./build-image-base.mjs";
import { root } from "./native.mjs";

const image = "portico:check";
const name = `portico-check-${process.pid}`;
const port = 19_080 + (process.pid % 1_000);
const url = `http://127.0.0.1:${port}`;
/** @type {readonly string[]} */
const hardened = ["--read-only", "--cap-drop=ALL", "--security-opt=no-new-privileges"];

try {
  const base = process.env.BASE ?? buildImageBase();
  // The host's network, as the packages are npm's to give.
  const build = ["build", "--network=host", "--build-arg", `BASE=${base}`, "--tag", image, "."];
  execFileSync("docker", build, { cwd: root, stdio: "inherit" });
  refusesWithoutProvider();
  await servesAndStops();
  console.log("The image runs as nobody, read-only, is healthy, and finishes its requests.");
} finally {
  spawnSync("docker", ["rm", "--force", name], { stdio: "ignore" });
}

/** @param {string[]} args */
function docker(args) {
  return execFileSync("docker", args, { encoding: "utf8" }).trim();
}

function refusesWithoutProvider() {
  const { status, stderr } = spawnSync("docker", ["run", "--rm", ...hardened, image], {
    encoding: "utf8",
  });
  if (status !== 1 || !stderr.includes("IDENTITY_PROVIDER: is required"))
    throw new Error(`without a provider it ended with ${status}: ${stderr}`);
}

async function servesAndStops() {
  const settings = ["IDENTITY_PROVIDER=memory", `PORT=${port}`, "HOST=127.0.0.1", "LOG_LEVEL=info"];
  const flags = settings.flatMap((setting) => ["--env", setting]);
  docker([
    "run",
    "--detach",
    "--name",
    name,
    "--network=host",
    "--health-interval=1s",
    ...hardened,
    ...flags,
    image,
  ]);
  await until(
    "it says that it is healthy",
    () => stateOf("{{.State.Health.Status}}") === "healthy",
  );
  const user = stateOf("{{.Config.User}}");
  if (user !== "10001:10001") throw new Error(`it runs as ${user}`);
  await finishesWhatIsUnderWay();
  await until("it has ended", () => stateOf("{{.State.Status}}") === "exited");
  const status = stateOf("{{.State.ExitCode}}");
  if (status !== "0") throw new Error(`it ended with ${status}: ${docker(["logs", name])}`);
}

/** @param {string} form */
function stateOf(form) {
  return docker(["inspect", "--format", form, name]);
}

/** A request whose body is still on its way when the signal comes is answered all the same. */
async function finishesWhatIsUnderWay() {
  const body = JSON.stringify({ username: "ada@example.com", password: "Wrong-Horse-7" });
  const answered = new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Content-Length": body.length };
    const sent = request(`${url}/v1/sign-in`, { method: "POST", headers }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    });
    sent.once("error", reject);
    sent.write(body.slice(0, 10));
    setTimeout(() => docker(["kill", "--signal=TERM", name]), 300);
    setTimeout(() => sent.end(body.slice(10)), 1_200);
  });
  const status = await answered;
  if (status !== 401) throw new Error(`a request in flight was answered with ${status}`);
}

/** @param {string} what @param {() => boolean} isSo */
async function until(what, isSo) {
  for (let tries = 0; tries < 120; tries += 1) {
    if (isSo()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`${what}: not within half a minute\n${docker(["logs", name])}`);
}

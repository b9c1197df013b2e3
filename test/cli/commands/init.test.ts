import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseEnv } from "node:util";
import { afterAll, describe, expect, test, vi } from "vitest";
import { init } from "../../../src/cli/commands/init.ts";
import { runCommand } from "../../../src/cli/run.ts";
import { createTerminal } from "../../../src/cli/terminal.ts";
import { readEnvironment } from "../../../src/service/settings.ts";
import {
  anyCredentials,
  makeClient,
  makePool,
  startStrictCognito,
  strictRegion,
} from "../../support/cognito-strict.ts";
import { codeOf } from "../../support/page-code.ts";
import { runPortico } from "../../support/run-portico.ts";

// Each runs the command as a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const place = mkdtempSync(join(tmpdir(), "portico-init-"));
afterAll(() => rmSync(place, { recursive: true }));

let made = 0;

/** Begins a project in a new folder, without its packages. */
async function begin(...args: readonly string[]) {
  made += 1;
  const name = `project-${made}`;
  const run = await runPortico(["init", name, "--no-install", ...args], { cwd: place });
  const folder = join(place, name);
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  return { ...run, name, folder, read };
}

describe("a project that is begun", () => {
  test("starts with npm start, on settings that are well", async () => {
    const { status, out, name, folder, read } = await begin();
    const manifest = JSON.parse(read("package.json"));

    expect(status).toBe(0);
    expect(out).toContain(`Now: cd ${name} && npm install && npm start`);
    expect(readdirSync(folder).toSorted()).toEqual([
      ".env",
      ".gitignore",
      "README.md",
      "package.json",
    ]);
    expect(manifest).toMatchObject({ name, scripts: { start: "portico serve --env-file .env" } });
    expect(readEnvironment(parseEnv(read(".env")))).toBeDefined();
    expect(read(".gitignore")).toContain(".env\n");
  });

  test("has a secret of its own, which others on the machine cannot read", async () => {
    const [one, other] = [await begin(), await begin()];
    const secretOf = ({ read }: typeof one) => parseEnv(read(".env")).SESSION_SECRETS;

    expect(secretOf(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(secretOf(one)).not.toBe(secretOf(other));
    expect(statSync(join(one.folder, ".env")).mode & 0o777).toBe(0o600);
    expect(one.out).not.toContain(secretOf(one));
  });

  test.each(["bun", "deno"])("is started by %s where that is chosen", async (runtime) => {
    const { read } = await begin("--runtime", runtime, "--pages", "off");

    expect(JSON.parse(read("package.json")).scripts.start).toMatch(new RegExp(`^${runtime} `));
    expect(parseEnv(read(".env")).PAGES).toBe("off");
  });

  test("is told as JSON to programs, which are asked nothing", async () => {
    const { status, out, folder } = await begin("--json");

    expect(status).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ folder, files: expect.arrayContaining([".env"]) });
  });
});

describe("nothing is written", () => {
  test("into a folder that has something in it", async () => {
    const folder = join(place, "mine");
    mkdirSync(folder);
    writeFileSync(join(folder, "README.md"), "mine");
    const { status, err } = await runPortico(["init", "mine", "--no-install"], { cwd: place });
    const here = await runPortico(["init"], { cwd: folder });

    expect([status, here.status]).toEqual([2, 2]);
    expect(err).toContain("mine is not empty, and nothing in it is to be overwritten");
    expect(here.err).toContain("This folder is not empty");
    expect(readdirSync(folder)).toEqual(["README.md"]);
  });

  test("where a choice is none of those that there are", async () => {
    const { status, err, folder } = await begin("--provider", "cognit");

    expect(status).toBe(2);
    expect(err).toContain("--provider takes memory or cognito.");
    expect(() => readdirSync(folder)).toThrow();
  });

  test("but a repository that is new is no obstacle", async () => {
    const folder = join(place, "repository");
    mkdirSync(join(folder, ".git"), { recursive: true });

    expect((await runPortico(["init", "--no-install"], { cwd: folder })).status).toBe(0);
  });
});

test("whoever is there is asked for what was not said, again where the answer is none", async () => {
  const answers = ["cognit", "cognito", "", "off"];
  const asked: string[] = [];
  const terminal = {
    ...createTerminal(),
    folder: place,
    isInteractive: true,
    isWatched: false,
    print: () => undefined,
    tell: (line: string) => void asked.push(line),
    async ask(question: string) {
      asked.push(question);
      return answers.shift() ?? "";
    },
  };

  const status = await runCommand(init, ["asked", "--no-install"], terminal);

  expect(status).toBe(0);
  expect(asked).toEqual([
    "Where are your users? memory, cognito (memory) ",
    "One of memory, cognito, please.",
    "Where are your users? memory, cognito (memory) ",
    "Which runtime serves them? node, bun, deno (node) ",
    "Shall the service have sign-in pages? on, off (on) ",
  ]);
  expect(parseEnv(readFileSync(join(place, "asked/.env"), "utf8"))).toMatchObject({
    IDENTITY_PROVIDER: "cognito",
    PAGES: "off",
  });
});

describe("a project with a user pool", () => {
  test("sets it up as the check wants it", async () => {
    const { folder, read } = await begin("--provider", "cognito");
    const { pool, client } = await import(pathToFileURL(join(folder, "pool.mjs")).href);
    const cognito = await startStrictCognito();
    const poolId = await makePool(cognito, pool);
    const { id, secret = "" } = await makeClient(cognito, poolId, client);
    const env = {
      ...(parseEnv(read(".env")) as Record<string, string>),
      COGNITO_REGION: strictRegion,
      COGNITO_USER_POOL_ID: poolId,
      COGNITO_CLIENT_ID: id,
      COGNITO_CLIENT_SECRET: secret,
      COGNITO_ENDPOINT: cognito.endpoint,
      AWS_ACCESS_KEY_ID: anyCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: anyCredentials.secretAccessKey,
    };

    const { status, out } = await runPortico(["check"], { env });
    await cognito.close();

    expect(out).toContain("The provider is set up as it should be.");
    expect(status).toBe(0);
  });

  test("lets the service do with it what docs/cognito.md says signing in needs, and no more", async () => {
    const { read } = await begin("--provider", "cognito");
    const granted = [...read("aws/app.mjs").matchAll(/^ +"(\w+)",$/gm)].map(([, action]) => action);
    const [policy] = codeOf("docs/cognito.md");
    const known: readonly string[] = JSON.parse(policy?.text ?? "").Statement[0].Action;

    expect(granted.length).toBeGreaterThan(5);
    // It is for the check, which docs/operations.md tells of.
    expect(granted).toContain("GetUserPoolMfaConfig");
    const forUsers = granted.filter((action) => action !== "GetUserPoolMfaConfig");
    expect(forUsers.filter((action) => !known.includes(`cognito-idp:${action}`))).toEqual([]);
  });
});

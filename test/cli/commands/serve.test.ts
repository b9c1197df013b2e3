import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { porticoEntry, runPortico } from "../../support/run-portico.ts";
import { freePort, startServerProcess } from "../../support/server-process.ts";

// Each runs the command as a process, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "portico-serve-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function start(args: readonly string[], env: Readonly<Record<string, string>>, cwd: string) {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = await startServerProcess({
    command: process.execPath,
    args: [porticoEntry, "serve", "--port", String(port), ...args],
    env,
    cwd,
    isReady: () =>
      fetch(`${url}/health/live`).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
  onTestFinished(async () => void (await server.kill()));
  return { url, server };
}

test("serves with the settings of a file, which those of the environment go before", async () => {
  const cwd = folderWith({ ".env": 'DOCS=off\nLOG_LEVEL=silent\nPORT=1\nTOTP_ISSUER="A # B"\n' });

  const { url, server } = await start(["--env-file", ".env"], { DOCS: "on" }, cwd);
  const docs = await fetch(`${url}/docs`);

  expect(docs.status).toBe(200);
  expect(server.output()).toContain(`Portico listens on ${url}`);
  expect(await server.stop()).toBe(0);
});

test("the later file goes before the earlier one", async () => {
  const cwd = folderWith({ one: "DOCS=off\n", two: "DOCS=on\nLOG_LEVEL=silent\n" });

  const { url } = await start(["--env-file", "one", "--env-file=two"], {}, cwd);

  expect((await fetch(`${url}/docs`)).status).toBe(200);
});

test("tells a program as JSON where it listens", async () => {
  const { url, server } = await start(["--json"], { LOG_LEVEL: "silent" }, folderWith({}));

  expect(server.output()).toContain(`${JSON.stringify({ event: "listening", url })}\n`);
});

test("settings at fault end it with 1 and the faults, for programs as JSON", async () => {
  const env = { IDENTITY_PROVIDER: "cognito", LOG_LEVLE: "info" };
  const [run, json] = [
    await runPortico(["serve"], { env }),
    await runPortico(["serve", "--json"], { env }),
  ];

  expect([run.status, run.out, json.status, json.err]).toEqual([1, "", 1, ""]);
  expect(run.err).toMatch(/^The settings are at fault:\n {2}COGNITO_REGION: is required\n/);
  expect(JSON.parse(json.out)).toEqual({
    error: "settings",
    message: run.err.trim(),
    faults: run.err.trim().split("\n  ").slice(1),
  });
});

test("a port that is none is a fault of the settings", async () => {
  const { status, err } = await runPortico(["serve", "--port", "eighty"]);

  expect([status, err]).toEqual([1, "The settings are at fault:\n  PORT: must be a port number\n"]);
});

/** Node reads `--env-file` itself wherever it stands, and ends with 9: https://github.com/nodejs/node/issues/54232 */
test("a file that cannot be read ends it, by its name", async () => {
  const { status, err } = await runPortico(["serve", "--env-file", "nowhere.env"]);

  expect([2, 9]).toContain(status);
  expect(err).toContain("nowhere.env");
});

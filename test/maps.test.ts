import { existsSync, globSync, readFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { defaultLimitPolicies } from "../src/domain/rate-limit-policies.ts";
import { securityEventTypes } from "../src/domain/security-event.ts";
import { account, password, startService, username } from "./http/support.ts";

const root = join(import.meta.dirname, "..");
const architecture = readFileSync(join(root, "docs/architecture.md"), "utf8");
const section =
  architecture.split(/^## /m).find((part) => part.startsWith("The way of a request")) ?? "";

/** The files of the source in which a function ran while something was done. */
async function filesThatRan(act: () => Promise<unknown>): Promise<readonly string[]> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
  await act();
  const { result } = await session.post("Profiler.takePreciseCoverage");
  session.disconnect();
  return result
    .filter(({ functions }) =>
      functions.some(({ ranges }) => ranges.some(({ count }) => count > 0)),
    )
    .map(({ url }) => (url.startsWith("file:") ? fileURLToPath(url) : url))
    .filter((path) => path.startsWith(join(root, "src/")))
    .map((path) => path.slice(root.length + 1));
}

describe("the way of a request", () => {
  test("names the files that a sign-in goes through, and leaves out none of its layers", async () => {
    const { send } = startService({ provider: { autoConfirm: true } });
    await send("POST", "/v1/sign-up", { body: account });
    const signIn = () => send("POST", "/v1/sign-in", { body: { username, password } });
    await signIn();

    const ran = await filesThatRan(signIn);

    const list = /goes through these files:\n([\s\S]*)$/.exec(section)?.[1] ?? "";
    const named = [...list.matchAll(/`(src\/[\w./-]+\.ts)`/g)].map(([, path]) => path);
    const layers = /^src\/(http\/[^/]+|http\/routes\/.+|domain\/use-cases\/.+)\.ts$/;
    expect(named.filter((path = "") => layers.test(path)).sort()).toEqual(
      ran.filter((path) => layers.test(path)).sort(),
    );
    expect(ran).toEqual(expect.arrayContaining(named));
  });
});

/** The places of a provider that a reader adds: whether they are there is theirs to say. */
const placeholders = /^(?:src\/adapters|test\/contract)\/acme\b/;

test("docs/architecture.md names no path that is not there", () => {
  const paths = [...architecture.matchAll(/`((?:src|test)\/[\w./-]+)`/g)].map(
    ([, path = ""]) => path,
  );

  expect(paths.length).toBeGreaterThan(10);
  const named = paths.filter((path) => !placeholders.test(path));
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test.each([
  ["src/adapters/cognito", "*/"],
  ["src/adapters/memory", "*/"],
  ["src/adapters/better-auth", "*/"],
  ["src/http", "*/"],
  ["src/client", "*/"],
  ["src/elements", "*/"],
  ["src/service", "{*.ts,*/}"],
])("docs/architecture.md says what is in each room of %s", (folder, rooms) => {
  const text = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const table = text.split(/\n\n/).find((part) => part.startsWith(`| in \`${folder}\` | |`)) ?? "";
  const told = [...table.matchAll(/^\| (`.+?`) \| ./gm)].flatMap(([, names = ""]) =>
    names.split(", ").map((name) => name.slice(1, -1)),
  );
  const there = globSync(rooms, { cwd: join(root, folder) }).map((path) => basename(path));

  expect(told.toSorted()).toEqual(there.toSorted());
});

test("docs/operations.md has the table of limits as it is", () => {
  const page = readFileSync(join(root, "docs", "operations.md"), "utf8");
  const rows = [...page.matchAll(/^\| `(\w+)` \| (\d+) \| (\d+) \| /gm)].map(
    ([, policy = "", quota, windowSeconds]) => [policy, Number(quota), Number(windowSeconds)],
  );

  expect(rows).toEqual(
    defaultLimitPolicies.map(({ policy, quota, windowSeconds }) => [policy, quota, windowSeconds]),
  );
});

test("docs/operations.md tells what each security event is", () => {
  const page = readFileSync(join(root, "docs", "operations.md"), "utf8");
  const table = page.split("| event | ")[1]?.split("\n\n")[0] ?? "";
  const told = [...table.matchAll(/^\| (`\w+`(?:, `\w+`)*) \|/gm)].flatMap(([, names = ""]) =>
    names.split(", ").map((name) => name.slice(1, -1)),
  );

  expect(told.toSorted()).toEqual([...securityEventTypes].toSorted());
});

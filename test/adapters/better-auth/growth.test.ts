import { DatabaseSync } from "node:sqlite";
import * as base64url from "jose/base64url";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { IdentityProvider } from "../../../src/ports/index.ts";
import { ada, signIn, startWithAda } from "./support.ts";

afterEach(() => vi.restoreAllMocks());

/** Adds rows behind the provider's back, in no time. */
function insert(path: string, sql: string, rows: Iterable<readonly (string | number)[]>): void {
  const database = new DatabaseSync(path);
  const statement = database.prepare(sql);
  database.exec("BEGIN");
  for (const row of rows) statement.run(...row);
  database.exec("COMMIT");
  database.close();
}

function* numbers(count: number): Generator<number> {
  for (let number = 0; number < count; number += 1) yield number;
}

/** Starts a provider with Ada behind more users than one listing looks at. */
async function startWithCrowd() {
  const started = await startWithAda();
  const { accessToken } = await signIn(started);
  const { subject } = await started.identity.getProfile({ accessToken });
  const at = new Date(started.clock.now()).toISOString();
  // Their ids come before any of Better Auth's.
  const rows = [...numbers(1200)].map(
    (number) => [`!${number}`, "", `user${number}@example.com`, 0, at, at] as const,
  );
  const columns = "id, name, email, emailVerified, createdAt, updatedAt";
  insert(started.path, `INSERT INTO user (${columns}) VALUES (?, ?, ?, ?, ?, ?)`, rows);
  return { ...started, subject };
}

describe("with very many users, Better Auth", () => {
  test.each([
    ["email", (_subject: string) => ada.username.toUpperCase()],
    ["sub", (subject: string) => subject],
    ["username", (subject: string) => subject],
  ] as const)("finds one by %s with one call", async (field, soughtOf) => {
    const { identity, subject } = await startWithCrowd();

    const filter = { field, operator: "equals", value: soughtOf(subject) } as const;
    const page = await identity.listUsers({ limit: 10, filter });
    const nobody = await identity.listUsers({ limit: 10, filter: { ...filter, value: "nobody" } });

    expect(page).toEqual({ items: [expect.objectContaining({ subject })] });
    expect(nobody).toEqual({ items: [] });
  });

  test("goes on through the others page by page where values need not be one user's", async () => {
    const { identity } = await startWithCrowd();

    const filter = { field: "email", operator: "starts_with", value: "ada" } as const;
    const first = await identity.listUsers({ limit: 10, filter });
    const cursor = first.cursor ?? "";
    const second = await identity.listUsers({ limit: 10, filter, cursor });

    expect(first.items).toEqual([]);
    expect(second.items).toHaveLength(1);
  });
});

/** Starts a provider with Ada signed in beside older sessions, of which every hundredth is over. */
async function startWithSessions(count: number, createdAt: (number: number) => number) {
  const started = await startWithAda();
  const { accessToken } = await signIn(started);
  const { subject } = await started.identity.getProfile({ accessToken });
  const at = (seconds: number) => new Date(started.clock.now() + seconds * 1000).toISOString();
  const rows = [...numbers(count)].map((number) => {
    const isOver = number % 100 === 0;
    const created = at(createdAt(number));
    const id = `s${number}`;
    return [
      id,
      at(isOver ? 0 : 3600),
      `t${number}`,
      created,
      created,
      subject,
      isOver ? 1 : 0,
    ] as const;
  });
  const columns = "id, expiresAt, token, createdAt, updatedAt, userId, porticoEnded";
  insert(started.path, `INSERT INTO session (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`, rows);
  return { ...started, accessToken };
}

/** Lists all sessions page by page. */
async function listAll(
  identity: IdentityProvider,
  input: { readonly accessToken: string; readonly limit: number },
) {
  const pages = [await identity.listSessions(input)];
  for (let cursor = pages[0]?.cursor; cursor !== undefined; cursor = pages.at(-1)?.cursor)
    pages.push(await identity.listSessions({ ...input, cursor }));
  return pages.map(({ items }) => items);
}

describe("with very many sessions, Better Auth", () => {
  test("lists those of a user that are open by page, the newest first", async () => {
    const { identity, accessToken } = await startWithSessions(10_000, (number) => -1 - number);
    const list = (cursor?: string) =>
      identity.listSessions({ accessToken, limit: 60, ...(cursor !== undefined && { cursor }) });

    const first = await list();
    const second = await list(first.cursor);

    const ids = [...first.items, ...second.items].map(({ id }) => id);
    const open = [...numbers(10_000)].filter((number) => number % 100 !== 0);
    expect(first.items[0]?.isCurrent).toBe(true);
    expect(ids.slice(1)).toEqual(open.slice(0, 119).map((number) => `s${number}`));
  });

  test.each([
    ["three in a moment, where pages end between moments", 3],
    ["more in a moment than a page holds", 50],
  ])("gives each once of those that began %s", async (_what, together) => {
    const { identity, accessToken } = await startWithSessions(
      200,
      (number) => -1 - Math.floor(number / together),
    );

    const pages = await listAll(identity, { accessToken, limit: 20 });

    const ids = pages.flat().map(({ id }) => id);
    expect(ids).toHaveLength(199);
    expect(new Set(ids).size).toBe(199);
    expect(Math.max(...pages.map((page) => page.length))).toBe(20);
    const times = pages.flat().map(({ createdAt }) => createdAt);
    expect(times).toEqual(times.toSorted((a, b) => b - a));
  });

  test.each([
    ["one statement", -1, 1],
    ["two, where more began in one moment than a page holds", 0, 2],
  ])("reads a page with %s", async (_how, perSession, most) => {
    const { identity, accessToken } = await startWithSessions(
      200,
      (number) => -1 + number * perSession,
    );
    const page = await identity.listSessions({ accessToken, limit: 20 });
    const statements = vi.spyOn(DatabaseSync.prototype, "prepare");

    await identity.listSessions({ accessToken, limit: 20, cursor: page.cursor ?? "" });

    const listing = statements.mock.calls.filter(([sql]) => /from "session".*order by/is.test(sql));
    expect(listing).toHaveLength(most);
    for (const [sql] of listing) expect(sql).toMatch(/limit/i);
  });

  test.each([
    ["a text that is no cursor", "invented"],
    ["no time", base64url.encode('["now",null]')],
    ["a time after all others", base64url.encode("[8640000000000000,null]")],
    ["a time before all others", base64url.encode("[-1,null]")],
    ["no id", base64url.encode("[1800000000000,7]")],
    ["an id that PostgreSQL does not take", base64url.encode('[1800000000000,"\\u0000"]')],
  ])("refuses a cursor of %s", async (_what, cursor) => {
    const { identity, ...provider } = await startWithAda();
    const { accessToken } = await signIn({ identity, ...provider });

    const refused = identity.listSessions({ accessToken, limit: 20, cursor });

    await expect(refused).rejects.toMatchObject({
      code: "validation_failed",
      violations: [{ path: ["cursor"], reason: "unknown" }],
    });
  });
});

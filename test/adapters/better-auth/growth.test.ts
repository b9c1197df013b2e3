import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { ada, signIn, startWithAda } from "./support.ts";

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

describe("with very many sessions, Better Auth", () => {
  test("lists all of a user's that are open, the newest first", async () => {
    const { identity, path, clock, ...provider } = await startWithAda();
    const { accessToken } = await signIn({ ...provider, identity });
    const { subject } = await identity.getProfile({ accessToken });
    const at = (seconds: number) => new Date(clock.now() + seconds * 1000).toISOString();
    const rows = [...numbers(10_000)].map((number) => {
      const isOver = number % 100 === 0;
      const created = at(-1 - number);
      return [
        `s${number}`,
        at(isOver ? 0 : 3600),
        `t${number}`,
        created,
        created,
        subject,
        isOver ? 1 : 0,
      ] as const;
    });
    const columns = "id, expiresAt, token, createdAt, updatedAt, userId, porticoEnded";
    insert(path, `INSERT INTO session (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?)`, rows);

    const sessions = await identity.listSessions({ accessToken });

    expect(sessions).toHaveLength(9901);
    expect(sessions[0]?.isCurrent).toBe(true);
    expect(sessions.slice(1, 3).map(({ id }) => id)).toEqual(["s1", "s2"]);
    expect(sessions.at(-1)?.id).toBe("s9999");
  });
});

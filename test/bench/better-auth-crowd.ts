import { createHash } from "node:crypto";
import { DatabaseSync } from "node:sqlite";
import type { PasswordHashing } from "../../src/adapters/better-auth/index.ts";
import { queryPostgres } from "../support/postgres-database.ts";

/** The password of everyone in a crowd. */
export const crowdPassword = "Correct-Horse-7";

/** A hash that costs nothing, so that a sign-in is what else there is to it. */
export const quickHashing: PasswordHashing = {
  hash: async (password) => createHash("sha256").update(password).digest("hex"),
  verify: async ({ hash, password }) => hash === (await quickHashing.hash(password)),
};

/** Someone of a crowd. */
export interface Somebody {
  readonly subject: string;
  readonly email: string;
}

/** Gives the user of that number, whose id comes anywhere among the others. */
export function somebody(number: number): Somebody {
  const subject = createHash("md5").update(`user ${number}`).digest("hex");
  return { subject, email: `user-${number}@example.com` };
}

/** Adds confirmed users to Better Auth's tables, by number from 0. */
export async function addUsers(databaseUrl: string, count: number): Promise<void> {
  const hash = await quickHashing.hash(crowdPassword);
  const at = new Date().toISOString();
  const crowd = Array.from({ length: count }, (_, number) => somebody(number));
  const users = crowd.map(({ subject, email }) => [subject, "", email, true, at, at, "confirmed"]);
  const userColumns = ["id", "name", "email", "emailVerified", "createdAt", "updatedAt"];
  await insert(databaseUrl, "user", [...userColumns, "porticoStatus"], users);
  const accounts = crowd.map(({ subject }) => [
    ...[subject, subject, "credential", subject],
    ...[hash, `portico:plain ${hash}`, at, at],
  ]);
  const accountColumns = ["id", "accountId", "providerId", "userId", "password"];
  const columns = [...accountColumns, "porticoPassword", "createdAt", "updatedAt"];
  await insert(databaseUrl, "account", columns, accounts);
}

/** Adds open sessions of a user, of which each began a second before the one before it. */
export async function addSessions(
  databaseUrl: string,
  subject: string,
  count: number,
): Promise<void> {
  const now = Date.now();
  const at = (seconds: number) => new Date(now + seconds * 1000).toISOString();
  const sessions = Array.from({ length: count }, (_, number) => {
    const began = at(-1 - number);
    return [`s${number}`, at(3600 * 24), `t${number}`, began, began, subject, false];
  });
  const columns = ["id", "expiresAt", "token", "createdAt", "updatedAt", "userId", "porticoEnded"];
  await insert(databaseUrl, "session", columns, sessions);
}

type Value = string | boolean;

/** Statements hold a thousand rows each; both databases read the same SQL. */
async function insert(
  databaseUrl: string,
  table: string,
  columns: readonly string[],
  rows: readonly (readonly Value[])[],
): Promise<void> {
  const into = `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(", ")})`;
  const statements: string[] = [];
  for (let from = 0; from < rows.length; from += 1000) {
    const values = rows.slice(from, from + 1000).map((row) => `(${row.map(literal).join(", ")})`);
    statements.push(`${into} VALUES ${values.join(", ")};`);
  }
  const script = ["BEGIN;", ...statements, "COMMIT;", "ANALYZE;"].join("\n");
  if (!databaseUrl.startsWith("file:")) return queryPostgres(databaseUrl, script);
  const sqlite = new DatabaseSync(databaseUrl.replace("file:", ""));
  sqlite.exec(script);
  sqlite.close();
}

function literal(value: Value): string {
  return typeof value === "boolean" ? String(value).toUpperCase() : `'${value}'`;
}

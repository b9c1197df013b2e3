import { type Database, importPackage, type PostgresClient } from "./packages.ts";

/** A database as Better Auth takes it. */
export interface OpenDatabase {
  readonly database: Database;
  close(): Promise<void>;
}

/** The addresses that {@link openDatabase} takes. */
export const databaseUrlPattern = /^(?:file:.+|postgres(?:ql)?:\/\/.+)$/;

/**
 * The time that a connection or a query may take, in milliseconds, so that none is held for ever. Whoever called has
 * had an answer by then.
 */
const giveUpMs = 5000;

/** Opens a database by its address, which {@link databaseUrlPattern} describes. */
export async function openDatabase(url: string): Promise<OpenDatabase> {
  return url.startsWith("file:") ? openSqlite(pathOf(url)) : openPostgres(url);
}

/** `file:users.db`, `file:./users.db` and `file:///srv/users.db`. */
function pathOf(url: string): string {
  return url.replace(/^file:(?:\/\/)?/, "");
}

/** By the driver that Node, Deno and Bun have built in. */
async function openSqlite(path: string): Promise<OpenDatabase> {
  const { DatabaseSync } = await importPackage("node:sqlite");
  const sqlite = new DatabaseSync(path);
  // Readers need not wait for a writer, and another process's write is waited for: by all of this one, so not for long.
  sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 3000; PRAGMA foreign_keys = ON;");
  return {
    database: sqlite,
    async close() {
      sqlite.close();
    },
  };
}

async function openPostgres(connectionString: string): Promise<OpenDatabase> {
  const { default: pg } = await importPackage("pg");
  const pool = new pg.Pool({
    connectionString,
    connectionTimeoutMillis: giveUpMs,
    query_timeout: giveUpMs,
    keepAlive: true,
  });
  // A connection that breaks while nobody uses it is replaced: unheard, the event would end the process.
  pool.on("error", () => undefined);
  // So would one of a connection in use that breaks after its query was given up.
  pool.on("connect", (client: PostgresClient) => void client.on("error", () => undefined));
  return { database: pool, close: () => pool.end() };
}

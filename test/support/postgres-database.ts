import { randomUUID } from "node:crypto";
import pg from "pg";

/** Makes an empty database, to be dropped when it is no longer needed. */
export async function createPostgresDatabase(url: string) {
  const name = `portico_${randomUUID().replaceAll("-", "")}`;
  await queryPostgres(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => queryPostgres(url, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Sends statements over a connection of their own. */
export async function queryPostgres(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

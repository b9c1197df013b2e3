import { randomUUID } from "node:crypto";
import pg from "pg";
import { describeWhere } from "./describe-where.ts";

/**
 * Describes tests that need PostgreSQL, at TEST_POSTGRES_URL. Without one they are skipped, and say why; where
 * REQUIRE_POSTGRES is set, that is a failure.
 */
export function describeWithPostgres(title: string, define: (url: string) => void): void {
  const url = process.env.TEST_POSTGRES_URL;
  const missing = url ? undefined : "TEST_POSTGRES_URL names no PostgreSQL";
  const required = Boolean(process.env.REQUIRE_POSTGRES);
  describeWhere(title, { missing, required }, () => define(url ?? ""));
}

/** Makes an empty database, to be dropped when it is no longer needed. */
export async function createPostgresDatabase(url: string) {
  const name = `portico_${randomUUID().replaceAll("-", "")}`;
  await query(url, `CREATE DATABASE ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => query(url, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function query(connectionString: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

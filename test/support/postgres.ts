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

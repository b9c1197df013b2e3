import { describeWhere } from "./describe-where.ts";

/**
 * Describes tests that need Redis, at TEST_REDIS_URL. Without one they are skipped, and say why; where REQUIRE_REDIS is
 * set, that is a failure.
 */
export function describeWithRedis(title: string, define: (url: string) => void): void {
  const url = process.env.TEST_REDIS_URL;
  const missing = url ? undefined : "TEST_REDIS_URL names no Redis";
  const required = Boolean(process.env.REQUIRE_REDIS);
  describeWhere(title, { missing, required }, () => define(url ?? ""));
}

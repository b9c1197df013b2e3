import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "../environment.ts";

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Gives each request an id, which its answer, its problem document and its log entry share. */
export const requestId: MiddlewareHandler<AppEnv> = async (c, next) => {
  const id = requestIdOf(c.req.header("X-Request-Id"));
  c.set("requestId", id);
  await next();
  c.res.headers.set("X-Request-Id", id);
};

/**
 * Gives the id of a request. One that the client sends is taken only if it is a plain UUID, as anything else could
 * carry text into logs.
 */
export function requestIdOf(sent: string | undefined): string {
  return sent !== undefined && uuid.test(sent) ? sent.toLowerCase() : crypto.randomUUID();
}

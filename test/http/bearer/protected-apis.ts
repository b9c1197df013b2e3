import { Hono } from "hono";
import { bearerAuth } from "../../../src/hono.ts";
import { type BearerOptions, createBearerGuard } from "../../../src/jwt.ts";

/** Answers a request. */
export type Api = (request: Request) => Promise<Response>;

/** A route protected in each of the ways there are: each answers the subject of the token. */
export const protectedApis: Readonly<Record<string, (options: BearerOptions) => Api>> = {
  bearerAuth(options) {
    const app = new Hono();
    app.all("*", bearerAuth(options), (c) => c.text(c.var.principal.subject));
    return async (request) => app.fetch(request);
  },
  "bearerAuth of a handler"(options) {
    const app = new Hono();
    app.all(
      "*",
      bearerAuth(options, (c) => c.text(c.var.principal.subject)),
    );
    return async (request) => app.fetch(request);
  },
  createBearerGuard(options) {
    const guard = createBearerGuard(options);
    return async (request) => {
      const principal = await guard(request);
      return principal instanceof Response ? principal : new Response(principal.subject);
    };
  },
};

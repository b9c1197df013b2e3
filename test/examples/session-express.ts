import { getRequestListener } from "@hono/node-server";
import express, { type RequestHandler } from "express";
import { readSession, type SessionOptions } from "../../src/session.ts";

/** `site.get("/", requireSession(options), (request, response) => …)`, with `response.locals.session`. */
export function requireSession(options: SessionOptions): RequestHandler {
  return async (request, response, next) => {
    const session = await readSession(request, options);
    response.append("Set-Cookie", [...session.setCookies]);
    if (session.status === "unavailable") return void response.status(503).send("Try again.");
    if (session.status !== "signed_in") return response.redirect(303, "/sign-in");
    response.locals.session = session;
    response.set("Cache-Control", "no-store");
    next();
  };
}

export function createSite(
  options: SessionOptions,
  service: { fetch(request: Request): Response | Promise<Response> },
) {
  const site = express();
  site.all(
    "/v1/*path",
    getRequestListener((request) => service.fetch(request)),
  );
  site.get("/", requireSession(options), (_request, response) => {
    response.json({ hello: response.locals.session.user.username });
  });
  return site;
}

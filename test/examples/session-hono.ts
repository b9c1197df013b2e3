import { Hono } from "hono";
import type { createApp } from "../../src/index.ts";
import { readSession } from "../../src/session.ts";

/** The service is part of the site: it is asked without a connection. */
export function createSite(secrets: string, service: ReturnType<typeof createApp>) {
  const site = new Hono<{ Bindings: object }>();
  site.all("/v1/*", (c) => service.fetch(c.req.raw, c.env));
  site.get("/", async (c) => {
    const session = await readSession(c.req.raw, {
      secrets,
      serviceUrl: "http://localhost",
      fetch: async (input, init) => service.fetch(new Request(input, init)),
    });
    for (const cookie of session.setCookies) c.header("Set-Cookie", cookie, { append: true });
    if (session.status === "unavailable") return c.text("Try again.", 503);
    if (session.status !== "signed_in") return c.redirect("/sign-in", 303);
    c.header("Cache-Control", "no-store");
    return c.json({ hello: session.user.username });
  });
  return site;
}

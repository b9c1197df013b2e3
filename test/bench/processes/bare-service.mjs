// A service that is nothing but Hono, on Node: JavaScript, as what is published is.
import { serve } from "@hono/node-server";
import { Hono } from "hono";

const app = new Hono().get("/health/live", (c) => c.json({ status: "ok" }));
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.env.PORT) });

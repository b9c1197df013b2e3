// A Worker that is nothing but Hono.
import { Hono } from "hono";

export default new Hono().get("/health/live", (c) => c.json({ status: "ok" }));

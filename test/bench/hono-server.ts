import { serve } from "@hono/node-server";
import type { Hono } from "hono";
import { answerForServer } from "./answers.ts";

/** Serves an application on loopback, as all contenders that are Hono applications are served. */
export function serveOnLoopback({ fetch }: Pick<Hono, "fetch">): void {
  serve({ fetch, hostname: "127.0.0.1", port: 0 }, ({ port }) => {
    answerForServer(port);
  });
}

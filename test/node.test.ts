import { expect, it } from "vitest";
import { serve } from "../src/node.ts";

it("keeps an idle connection for longer than a load balancer before it does", async () => {
  const server = await serve({ fetch: () => new Response("ok"), port: 0 });

  const answer = await fetch(`http://127.0.0.1:${server.port}`);
  await answer.text();
  await server.close();

  expect(answer.headers.get("keep-alive")).toBe("timeout=65");
});

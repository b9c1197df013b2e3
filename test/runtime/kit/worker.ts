import { runKit } from "./report.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    if (new URL(request.url).pathname === "/ready") return new Response();
    return Response.json(await runKit());
  },
};

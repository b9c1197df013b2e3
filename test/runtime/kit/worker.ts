import { report } from "./reports.ts";

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/ready") return new Response();
    return Response.json(await report(pathname.slice(1), searchParams.get("origin") ?? ""));
  },
};

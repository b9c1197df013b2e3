import { readSession } from "../../src/session.ts";

export function createSite({ secrets, serviceUrl }: { secrets: string; serviceUrl: string }) {
  return {
    async fetch(request: Request): Promise<Response> {
      const { pathname, search } = new URL(request.url);
      if (pathname.startsWith("/v1/")) {
        return fetch(new Request(`${serviceUrl}${pathname}${search}`, request));
      }
      const session = await readSession(request, { secrets, serviceUrl });
      if (session.status === "unavailable") return new Response("Try again.", { status: 503 });
      const response =
        session.status === "signed_in"
          ? Response.json({ hello: session.user.username }, { headers: noStore })
          : new Response(null, { status: 303, headers: { Location: "/sign-in" } });
      for (const cookie of session.setCookies) response.headers.append("Set-Cookie", cookie);
      return response;
    },
  };
}

const noStore = { "Cache-Control": "no-store" };

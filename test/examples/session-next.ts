import { readSession } from "../../src/session.ts";

const { SESSION_SECRETS: secrets, PORTICO_URL: serviceUrl, RESOURCE_URL: publicUrl } = process.env;

/** `app/hello/route.ts`, and `rewrites` in `next.config` that send `/v1/:path*` to the service. */
export async function GET(request: Request): Promise<Response> {
  const session = await readSession(request, { secrets, serviceUrl, publicUrl });
  if (session.status === "unavailable") return new Response("Try again.", { status: 503 });
  const response =
    session.status === "signed_in"
      ? Response.json(
          { hello: session.user.username },
          { headers: { "Cache-Control": "no-store" } },
        )
      : new Response(null, { status: 303, headers: { Location: "/sign-in" } });
  for (const cookie of session.setCookies) response.headers.append("Set-Cookie", cookie);
  return response;
}

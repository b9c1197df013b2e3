import type { IncomingMessage, ServerResponse } from "node:http";
import { type BearerOptions, createBearerGuard, type Principal } from "../../src/jwt.ts";

const judgedHeaders = ["authorization", "content-type", "dpop", "x-request-id"];

/** Gives whom a request of Node.js speaks for, or nothing once it was answered. */
export function createNodeGuard(options: BearerOptions) {
  const guard = createBearerGuard(options);
  return async (
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<Principal | undefined> => {
    // The one method that gets here and that `Request` does not take.
    if (incoming.method === "TRACE") {
      response.writeHead(405).end();
      return undefined;
    }
    const outcome = await guard(requestOf(incoming));
    if (!(outcome instanceof Response)) return outcome;
    response.writeHead(outcome.status, Object.fromEntries(outcome.headers));
    response.end(await outcome.text());
    return undefined;
  };
}

/**
 * Only what is judged, and each header as often as it came: `headers` would drop a second `Authorization`. Of `url`
 * Express takes away where a router is mounted.
 */
function requestOf(incoming: IncomingMessage & { readonly originalUrl?: string }): Request {
  const { method = "GET", url = "/", originalUrl = url, headersDistinct } = incoming;
  const headers = new Headers();
  for (const name of judgedHeaders) {
    for (const value of headersDistinct[name] ?? []) headers.append(name, value);
  }
  const target = originalUrl.startsWith("/") ? originalUrl : `/${originalUrl}`;
  return new Request(`http://localhost${target}`, { method, headers });
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { type BearerOptions, createBearerGuard, type Principal } from "../../src/jwt.ts";

const judgedHeaders = ["authorization", "content-type", "x-request-id"];

/** Gives whom a request of Node.js speaks for, or nothing once it was answered. */
export function createNodeGuard(options: BearerOptions) {
  const guard = createBearerGuard(options);
  return async (
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<Principal | undefined> => {
    const outcome = await guard(requestOf(incoming));
    if (!(outcome instanceof Response)) return outcome;
    response.writeHead(outcome.status, Object.fromEntries(outcome.headers));
    response.end(await outcome.text());
    return undefined;
  };
}

/** Only what is judged, and each header as often as it came: `headers` would drop a second `Authorization`. */
function requestOf({ url = "", headersDistinct }: IncomingMessage): Request {
  const headers = new Headers();
  for (const name of judgedHeaders) {
    for (const value of headersDistinct[name] ?? []) headers.append(name, value);
  }
  const query = url.includes("?") ? url.slice(url.indexOf("?")) : "";
  return new Request(`http://localhost/${query}`, { headers });
}

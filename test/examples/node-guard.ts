import type { OutgoingHttpHeaders } from "node:http";
import { type BearerOptions, createBearerGuard, type Principal } from "../../src/jwt.ts";

/** A request of Node.js, as far as it is judged: of a socket, of HTTP/2, or of what stands for either in a test or a function. */
export interface NodeRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** The whole address, where Express takes the path of a router away from `url`. */
  readonly originalUrl?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawHeaders?: readonly string[] | undefined;
}

const judgedHeaders = ["authorization", "content-type", "dpop", "x-request-id"];

/** Gives whom a request of Node.js speaks for, or the answer to send instead. */
export function createNodeGuard(options: BearerOptions) {
  const guard = createBearerGuard(options);
  return async (incoming: NodeRequest): Promise<Principal | Response> => {
    // The methods that `Request` does not take.
    if (/^(?:connect|trace|track)$/i.test(incoming.method ?? "")) {
      return new Response(null, { status: 405 });
    }
    return guard(requestOf(incoming));
  };
}

/** Sends an answer of the guard, with the headers that others have set so far. */
export async function sendAnswer(
  answer: Response,
  response: {
    writeHead(status: number, headers: OutgoingHttpHeaders): unknown;
    end(body: string): unknown;
  },
): Promise<void> {
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(await answer.text());
}

function requestOf(incoming: NodeRequest): Request {
  const { method = "GET", url = "/", originalUrl = url } = incoming;
  const headers = new Headers();
  for (const name of judgedHeaders) {
    for (const value of valuesOf(incoming, name)) headers.append(name, byteString(value));
  }
  const target = originalUrl.startsWith("/") ? originalUrl : `/${originalUrl}`;
  return new Request(`http://localhost${target}`, { method, headers });
}

/** Each value as often as it came, since `headers` drops a second `Authorization`. Only sockets have raw headers. */
function valuesOf({ headers, rawHeaders = [] }: NodeRequest, name: string): readonly string[] {
  const raw = rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name,
  );
  return raw.length > 0 ? raw : [headers[name] ?? []].flat();
}

/** A socket's headers are bytes. Others may be any text, of which `Headers` takes no more: such a one is no token's. */
function byteString(value: string): string {
  return value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?");
}

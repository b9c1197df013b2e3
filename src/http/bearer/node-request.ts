import type { BearerRequest } from "./authorization-header.ts";
import { type BodyStream, peekBody } from "./peeked-body.ts";

/**
 * A request of Node.js, as far as it is judged: of a socket, of HTTP/2, or of what stands for either in a test or a
 * function. Its type asks for none of Node's own.
 */
export interface NodeRequest extends BodyStream {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly rawHeaders?: readonly string[] | undefined;
}

/** The findings of a framework about a request. */
export interface NodeRequestContext {
  /** The whole target, where a router takes its own path away from `url`. */
  readonly originalUrl?: string | undefined;
  /** The form, where a parser has read it before. */
  readonly body?: unknown;
}

/** Makes a request of Node.js look like one that tokens are looked for in. */
export function bearerRequestOfNode(
  request: NodeRequest,
  { originalUrl, body }: NodeRequestContext,
): BearerRequest {
  const target = originalUrl ?? request.url ?? "/";
  return {
    // The host is whatever the caller says, so that nothing goes by it.
    url: `http://localhost${target.startsWith("/") ? "" : "/"}${target}`,
    method: request.method ?? "GET",
    header: (name) => headerOf(request, name.toLowerCase()),
    formBody: async (limitBytes) => parsedForm(body) ?? peekBody(request, limitBytes),
  };
}

/**
 * Reads a header, with all values that were sent: `headers` drops a second `Authorization`. Only sockets have raw
 * headers. Those of `inject` of Fastify, of `serverless-http` and of their like have none, or an empty list.
 */
function headerOf({ headers, rawHeaders = [] }: NodeRequest, name: string): string | undefined {
  let value: string | undefined;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const found = rawHeaders[at];
    if (found?.length !== name.length || found.toLowerCase() !== name) continue;
    value = value === undefined ? rawHeaders[at + 1] : `${value}, ${rawHeaders[at + 1]}`;
  }
  if (value !== undefined) return value;
  const listed = headers[name];
  return typeof listed === "object" ? listed.join(", ") : listed;
}

/** Writes a form again that was parsed, as far as it matters: the names of its fields. */
function parsedForm(body: unknown): Uint8Array | undefined {
  if (body === undefined || body === null) return undefined;
  if (body instanceof Uint8Array) return body;
  const names = typeof body === "object" ? Object.keys(body).map((name) => [name, ""]) : undefined;
  const form = names === undefined ? String(body) : new URLSearchParams(names).toString();
  return new TextEncoder().encode(form);
}

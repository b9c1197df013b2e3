import type { NodeRequest, NodeRequestContext } from "./node-request.ts";
import { type AdmittedRequest, createTokenGate, type RequireTokenOptions } from "./token-gate.ts";

/** A request of Fastify, as far as it is judged. */
export interface FastifyTokenRequest extends NodeRequestContext, AdmittedRequest {
  readonly raw: NodeRequest;
}

/** A reply of Fastify, as far as it is used to answer. */
export interface FastifyTokenReply {
  code(status: number): unknown;
  header(name: string, value: string): unknown;
  send(body: Uint8Array): unknown;
}

/** A hook of Fastify's, for `onRequest` and those after it. */
export type FastifyTokenHook = (
  request: FastifyTokenRequest,
  reply: FastifyTokenReply,
  done: (error?: Error) => void,
) => void;

/**
 * Makes a Fastify hook that lets a request pass whose access token is good, with `request.principal` saying whom it speaks
 * for, and answers all others as `bearerAuth` of `portico/hono` does: 400, 401, 403 or 503 as a problem document (RFC
 * 9457), with the challenge of RFC 6750. The answer goes out through Fastify, so that it has the headers of other plugins
 * and their `onSend` hooks run. Fastify's error handlers see no refusal, unless the options say so.
 *
 * As `onRequest` it judges before the body is read. What answers preflight requests (CORS) is registered before it.
 *
 * @throws {TypeError} for options that no challenge could name, or that let nobody in
 * @example
 * app.get("/orders", { onRequest: requireToken({ verifier }) }, async (request) => ({
 *   customer: principalOf(request).subject,
 * }));
 */
export function requireToken(options: RequireTokenOptions): FastifyTokenHook {
  const gate = createTokenGate(options);
  return (request, reply, done) =>
    gate({
      request,
      node: request.raw,
      next: (error) => done(error),
      write(status, headers, body) {
        reply.code(status);
        for (const [name, value] of headers) reply.header(name, value);
        // As bytes: to the media type of a text Fastify adds a charset, which this one has none of.
        if (body !== undefined) reply.send(new TextEncoder().encode(body));
      },
    });
}

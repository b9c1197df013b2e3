import type { NodeRequest, NodeRequestContext } from "./node-request.ts";
import { type AdmittedRequest, createTokenGate, type RequireTokenOptions } from "./token-gate.ts";

/** A request of Express, as far as it is judged, or of anything else that is made of Node's. */
export type ExpressRequest = NodeRequest & NodeRequestContext & AdmittedRequest;

/** A response of Node.js, as far as it is used to answer. */
export interface ExpressResponse {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body: string): unknown;
}

/** A middleware of Express, and of whatever else takes such functions. */
export type ExpressMiddleware = (
  request: ExpressRequest,
  response: ExpressResponse,
  next: (error?: unknown) => void,
) => void;

/**
 * Makes an Express middleware that lets a request pass whose access token is good, with `request.principal` saying whom it
 * speaks for, and answers all others as `bearerAuth` of `portico/hono` does: 400, 401, 403 or 503 as a problem document
 * (RFC 9457), with the challenge of RFC 6750. Express's error handlers see no refusal, unless the options say so. It asks
 * for a token whatever the method is, so what answers preflight requests (CORS) goes before it.
 *
 * Any server of `node:http` can call it, with what is to be done next as the third argument.
 *
 * @throws {TypeError} for options that no challenge could name, or that let nobody in
 * @example
 * app.use("/orders", requireToken({ verifier, scopes: ["orders/read"] }));
 * app.get("/orders/mine", (request, response) => {
 *   response.json({ customer: principalOf(request).subject });
 * });
 */
export function requireToken(options: RequireTokenOptions): ExpressMiddleware {
  const gate = createTokenGate(options);
  return (request, response, next) =>
    gate({
      request,
      node: request,
      next: (error) => next(error),
      write(status, headers, body) {
        response.statusCode = status;
        for (const [name, value] of headers) response.setHeader(name, value);
        if (body !== undefined) response.end(body);
      },
    });
}

import type { Principal } from "../../domain/principal.ts";
import { createBearerJudge } from "./bearer-guard.ts";
import type { BearerOptions, OptionalBearerOptions } from "./bearer-options.ts";
import { reasonOf } from "./bearer-refusal.ts";
import { bearerRequestOfNode, type NodeRequest, type NodeRequestContext } from "./node-request.ts";

/** The options of `requireToken`: those of `bearerAuth`, and who answers. */
export type RequireTokenOptions = (BearerOptions | OptionalBearerOptions) & {
  /**
   * Leaves the answer to a refusal to the application's own error handler. It is given the `IdentityError`, after status
   * and headers were set that the answer would have had, `WWW-Authenticate` among them.
   * @default false
   */
  readonly useErrorHandler?: boolean;
};

/** A request that may have been let in. */
export interface AdmittedRequest {
  principal?: Principal | undefined;
}

/** The framework's side of one request. */
export interface GatePassage {
  readonly request: NodeRequestContext & AdmittedRequest;
  readonly node: NodeRequest;
  /** Sets the status and the headers of an answer, and sends it if it has a body. */
  write(status: number, headers: Iterable<readonly [string, string]>, body?: string): void;
  next(error?: Error): void;
}

/**
 * Makes a gate that lets requests of Node.js pass, and answers those that are refused.
 *
 * @throws {TypeError} for options that no challenge could name, or that let nobody in
 */
export function createTokenGate(options: RequireTokenOptions): (passage: GatePassage) => void {
  const judge = createBearerJudge(options);
  const refuse = options.useErrorHandler ? passOn : answer;
  return (passage) => {
    const { request, node, next } = passage;
    const outcome = judge(bearerRequestOfNode(node, request), (principal) => {
      request.principal = principal;
      return next;
    });
    if (typeof outcome === "function") return outcome();
    Promise.resolve(outcome)
      .then((found) => (typeof found === "function" ? found : refuse(found, passage)))
      // A failure of `next` is none of the token, and must not be passed on a second time.
      .then((goOn) => goOn?.(), next);
  };
}

async function answer(refusal: Response, { write }: GatePassage): Promise<undefined> {
  write(refusal.status, refusal.headers, await refusal.text());
}

/** The headers that describe a body stay behind, as the application's answer has another one. */
function passOn(refusal: Response, { write, next }: GatePassage): () => void {
  const headers = [...refusal.headers].filter(([name]) => !name.startsWith("content-"));
  write(refusal.status, headers);
  return () => next(reasonOf(refusal));
}

/**
 * Gives whom a request speaks for that `requireToken` let in. The property may be missing, to TypeScript: nothing tells it
 * which routes are protected.
 *
 * @throws {TypeError} where nobody is known, as the route is not protected, or the token optional and there was none
 * @example
 * app.get("/orders", requireToken({ verifier }), (request, response) => {
 *   response.json({ customer: principalOf(request).subject });
 * });
 */
export function principalOf(request: object): Principal {
  const { principal }: AdmittedRequest = request;
  if (principal !== undefined) return principal;
  throw new TypeError("No principal is known: put requireToken in front of this route.");
}

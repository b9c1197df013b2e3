import type { Context, Env, Handler, Input, MiddlewareHandler, Next } from "hono";
import type { HandlerResponse } from "hono/types";
import type { AnyPrincipal, Principal } from "../../domain/principal.ts";
import { createBearerJudge } from "./bearer-guard.ts";
import type { BearerOptions, OptionalBearerOptions } from "./bearer-options.ts";

/** The variables that {@link bearerAuth} adds to the context of a request. */
export interface BearerVariables<P extends AnyPrincipal = Principal> {
  readonly principal: P;
}

/** The same where the token is optional: without credentials, a request speaks for nobody. */
export interface OptionalBearerVariables<P extends AnyPrincipal = Principal> {
  readonly principal: P | undefined;
}

interface BearerEnv<P extends AnyPrincipal = Principal> {
  readonly Variables: BearerVariables<P>;
}

interface OptionalBearerEnv<P extends AnyPrincipal = Principal> {
  readonly Variables: OptionalBearerVariables<P>;
}

/**
 * The context of a handler that is given to {@link bearerAuth}, for one that needs to know its path's parameters or the
 * application's environment: TypeScript does not infer them through another function.
 */
export type BearerContext<
  Path extends string = string,
  E extends Env = object,
  P extends AnyPrincipal = Principal,
> = Context<E & BearerEnv<P>, Path>;

/** As {@link BearerContext}, where the token is optional. */
export type OptionalBearerContext<
  Path extends string = string,
  E extends Env = object,
  P extends AnyPrincipal = Principal,
> = Context<E & OptionalBearerEnv<P>, Path>;

/**
 * Makes a Hono middleware that lets a request pass whose access token is good, with `c.var.principal` saying whom it
 * speaks for, and answers all others as `createBearerGuard` does. It asks for a token whatever the method is, so
 * what answers preflight requests (CORS) goes before it.
 *
 * @throws {TypeError} for options that no challenge could name
 * @example
 * const app = new Hono();
 * app.use("/orders/*", bearerAuth({ verifier, scopes: ["orders/read"] }));
 * app.get("/orders/mine", (c) => c.json({ customer: c.var.principal.subject }));
 */
export function bearerAuth<Who extends AnyPrincipal = Principal>(
  options: BearerOptions<Who>,
): MiddlewareHandler<BearerEnv<Who>>;
/** Makes one that also lets a request pass that has no credentials, if the options say so: with no principal. */
export function bearerAuth<Who extends AnyPrincipal = Principal>(
  options: BearerOptions<Who> | OptionalBearerOptions<Who>,
): MiddlewareHandler<OptionalBearerEnv<Who>>;
/**
 * Makes a handler that lets the same requests through to another. To Hono it is one handler and no middleware, so that it
 * answers without a promise where the other does and the token was verified before: most of what a token then costs is
 * what Hono does for a middleware.
 *
 * @throws {TypeError} for options that no challenge could name
 * @example
 * app.get("/orders", bearerAuth({ verifier }, (c) => c.json({ customer: c.var.principal.subject })));
 * @example
 * const showOrder = (c: BearerContext<"/orders/:id">) => c.json({ id: c.req.param("id") });
 * app.get("/orders/:id", bearerAuth({ verifier }, showOrder));
 */
export function bearerAuth<
  E extends Env,
  P extends string,
  I extends Input,
  R extends HandlerResponse<unknown>,
  Who extends AnyPrincipal = Principal,
>(options: BearerOptions<Who>, handler: Handler<E & BearerEnv<Who>, P, I, R>): Handler<E, P, I, R>;
export function bearerAuth<
  E extends Env,
  P extends string,
  I extends Input,
  R extends HandlerResponse<unknown>,
  Who extends AnyPrincipal = Principal,
>(
  options: BearerOptions<Who> | OptionalBearerOptions<Who>,
  handler: Handler<E & OptionalBearerEnv<Who>, P, I, R>,
): Handler<E, P, I, R>;
export function bearerAuth(
  options: BearerOptions<AnyPrincipal> | OptionalBearerOptions<AnyPrincipal>,
  handler?: Handler<OptionalBearerEnv<AnyPrincipal>>,
): Handler<BearerEnv<AnyPrincipal>> | Handler<OptionalBearerEnv<AnyPrincipal>> {
  const judge = createBearerJudge(options);
  return (c: Context<OptionalBearerEnv<AnyPrincipal>>, next: Next) =>
    judge(c.req, (principal) => {
      c.set("principal", principal);
      return handler ? handler(c, next) : next();
    });
}

import type { Context, HonoRequest } from "hono";
import type { IdentityErrorCode } from "../../domain/errors.ts";
import type { AppEnv, BearerState, Connection } from "../environment.ts";
import { requestIdOf } from "./request-id.ts";

/** A request on its way to its answer, and what was found out about it so far. */
export interface Exchange {
  readonly request: HonoRequest;
  /** The connection that it came over, as far as the server tells. */
  readonly connection: Connection | undefined;
  readonly requestId: string;
  /** When it began, in milliseconds: not by the Clock, as wall time can step and this is compared with nothing else. */
  readonly startedAt: number;
  /** The id of the trace that it is recorded in, if it is. */
  traceId?: string;
  /** The pattern of the route that answers, once one was found. */
  route?: string;
  /** The state that the credentials in the request turned out to be in, once a route asked for any. */
  bearer?: BearerState;
  /** The scopes that the route asks for one of, if it does. */
  scopes?: readonly string[];
  /** The time since the sign-in that the route allows, in seconds, if it asks for a fresh one. */
  maxAgeSeconds?: number;
  /** The cookies to set with the answer, as `Set-Cookie` has them. */
  cookies?: readonly string[];
  /** The code of the problem that was answered with. */
  problemCode?: IdentityErrorCode;
}

/** Begins the exchange of a request. */
export function beginExchange({ req: request, env: connection }: Context<AppEnv>): Exchange {
  const requestId = requestIdOf(request.header("X-Request-Id"));
  return { request, connection, requestId, startedAt: performance.now() };
}

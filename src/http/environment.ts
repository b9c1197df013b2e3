import type { IdentityErrorCode } from "../domain/errors.ts";

/** The connection that a request came over, as far as the runtime tells: what the app's `fetch` takes besides the request. */
export interface Connection {
  /** Gives the address of who is at the other end, which may be a proxy. */
  readonly peer?: () => string | undefined;
}

/** The variables that travel with a request through the middleware. */
export interface AppEnv {
  Bindings: Connection;
  Variables: {
    requestId: string;
    /** The pattern of the route that answers, once one was found. */
    route?: string;
    /** The state that the credentials in the request turned out to be in, once a route asked for any. */
    bearer?: BearerState;
    /** The scopes that the route asks for one of, if it does. */
    scopes?: readonly string[];
    /** The code of the problem that was answered with. */
    problemCode?: IdentityErrorCode;
  };
}

/** `none` was sent, what was sent is no well-formed credential, or a token was sent. */
export type BearerState = "none" | "malformed" | "token";

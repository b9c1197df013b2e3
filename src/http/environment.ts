import type { IdentityErrorCode } from "../domain/errors.ts";

/** The variables that travel with a request through the middleware. */
export interface AppEnv {
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

/** The connection that a request came over, as far as the runtime tells: what the app's `fetch` takes besides the request. */
export interface Connection {
  /** Gives the address of who is at the other end, which may be a proxy. */
  readonly peer?: () => string | undefined;
  /** Gives the address of who called, where the platform vouches for it, as Workers do: no proxy is asked then. */
  readonly caller?: () => string | undefined;
}

/** The environment of the service, as Hono takes one. */
export interface AppEnv {
  Bindings: Connection;
}

/** `none` was sent, what was sent is no well-formed credential, or a token was sent. */
export type BearerState = "none" | "malformed" | "token";

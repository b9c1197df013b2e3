import type { Fault, ServiceErrorCode } from "./schemas.ts";

/** The codes of errors that no answer of the service stands for. */
export type ClientErrorCode =
  /** No answer came: there is no connection, or the service does not let this page read its answers. */
  | "network_error"
  /** No answer came in time. */
  | "request_timeout"
  /** An answer came, and it is none of this service's: something stands in between, or `url` is wrong. */
  | "unexpected_answer"
  /** There is no session, or no more. */
  | "signed_out"
  /** `fetch` was asked for an address whose origin is not in `origins`. */
  | "origin_not_listed"
  /** The page is of another site than the service, so that the browser sends it no cookies. */
  | "not_same_site"
  /** The browser did not keep the cookies of a sign-in. */
  | "cookies_blocked"
  /** The user called the passkey off, or took too long. */
  | "passkey_cancelled"
  /** The device has a passkey of this account already. */
  | "passkey_exists"
  /** The browser cannot use passkeys here. */
  | "passkey_unavailable";

/** The stable machine name of a fault. */
export type ErrorCode = ServiceErrorCode | ClientErrorCode;

/** The members that a {@link PorticoError} can have besides its code. */
export interface PorticoErrorOptions {
  readonly status?: number;
  readonly errors?: readonly Fault[] | undefined;
  readonly retryAfter?: number | undefined;
  readonly requestId?: string | undefined;
  readonly message?: string | undefined;
  readonly cause?: unknown;
}

/** The one error class of the client: test {@link PorticoError.code}, not the class or the message. */
export class PorticoError extends Error {
  override readonly name = "PorticoError";
  /** The fault. A newer service may answer with codes that are not in the type. */
  readonly code: ErrorCode;
  /** The HTTP status of the answer; 0 where there was none. */
  readonly status: number;
  /** Which members of the request were at fault, by JSON pointer (RFC 6901). */
  readonly errors: readonly Fault[];
  /** Seconds after which trying again makes sense, where the service told. */
  readonly retryAfter: number | undefined;
  /** The id of the request in the service's log. */
  readonly requestId: string | undefined;

  constructor(code: ErrorCode, options: PorticoErrorOptions = {}) {
    super(options.message ?? code, "cause" in options ? { cause: options.cause } : undefined);
    this.code = code;
    this.status = options.status ?? 0;
    this.errors = options.errors ?? [];
    this.retryAfter = options.retryAfter;
    this.requestId = options.requestId;
  }
}

/**
 * Tells whether something caught is a {@link PorticoError}, of one of the given codes if any are given.
 * Goes by shape, so that it also holds when two copies of the package are loaded.
 */
export function isPorticoError(
  error: unknown,
  ...codes: readonly ErrorCode[]
): error is PorticoError {
  if (!(error instanceof Error) || error.name !== "PorticoError") return false;
  return codes.length === 0 || codes.includes((error as PorticoError).code);
}

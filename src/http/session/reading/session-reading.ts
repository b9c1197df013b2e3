import type { BrowserSessionUser } from "../../../domain/browser-session.ts";

/** The findings about the session of a request. */
export type SessionReading = SignedIn | RenewalDue | SessionUnavailable | SignedOut;

/** The user has a session, and an access token that lives. */
export interface SignedIn {
  readonly status: "signed_in";
  readonly user: SessionUser;
  /** The claims of the access token, as the provider wrote them; none where it is no JWT. */
  readonly claims: Readonly<Record<string, unknown>>;
  /** For calls to other APIs on the user's behalf. Never to be put into a page. */
  readonly accessToken: string;
  /** When the access token is over, in seconds since the epoch. */
  readonly accessExpiresAt: number;
  /** When the session is over unless it is used before, in seconds since the epoch. */
  readonly endsAt: number;
  /** To set with the answer, each as a `Set-Cookie` of its own: there after a renewal, and where a secret was replaced. */
  readonly setCookies: readonly string[];
}

/** There is a session, and its access token is over: the service gets a new one when it is asked. */
export interface RenewalDue {
  readonly status: "renewal_due";
  readonly setCookies: readonly [];
}

/** There is a session, and no new access token can be had now. The cookies stay: it goes on later. */
export interface SessionUnavailable {
  readonly status: "unavailable";
  /** The time to wait before asking again, in seconds, where the service says. */
  readonly retryAfterSeconds?: number;
  /** The reason, for a log. */
  readonly cause: unknown;
  readonly setCookies: readonly [];
}

/** There is no session, or none any more. */
export interface SignedOut {
  readonly status: "signed_out";
  /** Clear the cookies of a session that the service says is over. */
  readonly setCookies: readonly string[];
}

/** The user of a session, as the access token names them. Who they are is `subject` and `issuer` together. */
export type SessionUser = BrowserSessionUser;

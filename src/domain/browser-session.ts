import type { UserPrincipal } from "./principal.ts";

/** The tokens of a session that a browser keeps without being able to read or to change them. */
export interface BrowserSession {
  /** New with each sign-in, so that nobody can know one beforehand. */
  readonly id: string;
  readonly refreshToken: string;
  /** When the user signed in, in seconds since the epoch. */
  readonly startedAt: number;
  /** When the tokens were last had from the provider, in seconds since the epoch. */
  readonly refreshedAt: number;
  /** Whether it is to outlive the browser's own session. */
  readonly isKept: boolean;
  /** Whom it speaks for. */
  readonly user: BrowserSessionUser;
}

/** The user of a browser's session, as the access token names them. */
export type BrowserSessionUser = Pick<
  UserPrincipal,
  "subject" | "issuer" | "clientId" | "username" | "groups" | "sessionId"
>;

/** The access token of a {@link BrowserSession}, kept apart from it, as one cookie does not hold both. */
export interface BrowserAccess {
  /** That of the session. */
  readonly id: string;
  readonly accessToken: string;
  /** In seconds since the epoch. */
  readonly expiresAt: number;
}

/** The lives of browsers' sessions, in seconds. */
export interface BrowserSessionLives {
  /** From the sign-in on, whatever happens. */
  readonly absoluteSeconds: number;
  /** From when the tokens were last had from the provider. */
  readonly idleSeconds: number;
}

/** Gives when a session is over unless it is used before, in seconds since the epoch. */
export function endOf(
  { startedAt, refreshedAt }: Pick<BrowserSession, "startedAt" | "refreshedAt">,
  { absoluteSeconds, idleSeconds }: BrowserSessionLives,
): number {
  return Math.min(startedAt + absoluteSeconds, refreshedAt + idleSeconds);
}

/** The time before its end from which on an access token is not used any more, as it takes its time to get where it is verified. */
const spareSeconds = 5;

/**
 * Tells whether an access token is one of a session, and still of use.
 *
 * @param now - in seconds since the epoch
 */
export function isLiving(
  access: BrowserAccess | undefined,
  { id }: Pick<BrowserSession, "id">,
  now: number,
): access is BrowserAccess {
  return access?.id === id && now < access.expiresAt - spareSeconds;
}

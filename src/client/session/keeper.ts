import type { PorticoError } from "../errors.ts";
import type { Schemas } from "../schemas.ts";
import type { SessionChange } from "./tabs.ts";

/** The headers that stand for a session. */
export type SessionHeaders = Readonly<Record<string, string>>;

/** The end of a sign-in that went well. */
export type SignInEnd = Schemas["SignedIn"] | Schemas["SessionStarted"];

/** The keeper of a session: of its tokens here, or of nothing but the knowledge that the browser has its cookies. */
export interface Keeper {
  /** Gives the headers by which a sign-in asks for its session to be kept. */
  asking(isKept: boolean): SessionHeaders;
  /** Keeps the session that a sign-in has begun, in place of any before. */
  start(end: SignInEnd): Promise<void>;
  /** Gives the headers that stand for the session, nothing where there is none. */
  headers(): Promise<SessionHeaders | undefined>;
  /** Gives other headers in the place of some that were refused, nothing where the session is over. */
  renew(refused: SessionHeaders): Promise<SessionHeaders | undefined>;
  /** Forgets the session here. */
  forget(): Promise<void>;
  /**
   * Ends the session, at the service and here.
   *
   * @param onEnd - is called when nothing here stands for it any more, before the service knows where that comes later
   */
  end(onEnd: () => void, signal: AbortSignal | undefined): Promise<void>;
  /** Takes the news of another tab, and tells whether they are news of this session. */
  hear(change: SessionChange): Promise<boolean>;
}

/** The answers that say that what stands for the session is good no more. */
export const refusals: readonly PorticoError["code"][] = [
  "invalid_token",
  "token_expired",
  "token_revoked",
  "invalid_refresh_token",
  "refresh_token_reused",
];

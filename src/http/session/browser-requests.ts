import { IdentityError, type IdentityErrorCode, isIdentityError } from "../../domain/errors.ts";
import { promptly } from "../../domain/promptly.ts";
import type { TokenSet } from "../../domain/session.ts";
import type {
  BrowserCaller,
  BrowserSessions,
  ResumedSession,
} from "../../domain/use-cases/browser-sessions/browser-sessions.ts";
import type { NewlySealedSession } from "../../domain/use-cases/browser-sessions/renewed-sessions.ts";
import type { Clock } from "../../ports/index.ts";
import type { Exchange } from "../exchange/exchange.ts";
import { type CookieReader, createCookieReader } from "./known-cookies.ts";
import { clearedCookies, sessionCookies } from "./session-cookies.ts";
import {
  isSecureAddress,
  type SessionMode,
  type SessionOrigins,
  sessionModeOf,
} from "./session-header.ts";

/** A request whose tokens are kept in cookies. */
export interface BrowserRequest {
  /** Gives the access token that it stands for, had anew where it has expired: the cookies of the answer are new then. */
  accessToken(): string | Promise<string>;
  /** Begins a session in place of the one that there was. Gives when it is over, in seconds since the epoch. */
  start(tokens: TokenSet): Promise<number>;
  /** Gets new tokens. */
  renew(): Promise<void>;
  /** Ends the session, and has the browser forget it. */
  end(): Promise<void>;
  /** Has the browser forget the session. */
  clear(): void;
  /** Looks at an error that the request ended in: one that says that the session has ended clears its cookies. */
  take(error: unknown): void;
}

/** The parts that requests of browsers are served with. */
export interface BrowserRequestOptions {
  /** Without it, requests that want their tokens kept are refused. */
  readonly sessions: BrowserSessions | undefined;
  readonly origins: SessionOrigins;
  readonly clock: Clock;
  readonly callerOf: (exchange: Exchange) => BrowserCaller;
}

/** Tells whether a request keeps its tokens in cookies, and serves it then. */
export type FindBrowserRequest = (exchange: Exchange) => BrowserRequest | undefined;

/**
 * Makes the service of requests that keep their tokens in cookies.
 *
 * @throws {IdentityError} `not_supported` — from it: no secret is set to seal cookies with
 * @throws {IdentityError} as `sessionModeOf`
 */
export function createBrowserRequests(options: BrowserRequestOptions): FindBrowserRequest {
  const { sessions, origins } = options;
  const reader = createCookieReader();
  return (exchange) => {
    const mode = sessionModeOf(exchange.request, origins);
    if (!mode) return undefined;
    if (!sessions) {
      throw new IdentityError("not_supported", { detail: "Browser sessions are not set up here." });
    }
    return browserRequest(exchange, mode, { ...options, sessions, reader });
  };
}

function browserRequest(
  exchange: Exchange,
  { isKept }: SessionMode,
  {
    sessions,
    reader,
    origins,
    clock,
    callerOf,
  }: BrowserRequestOptions & { readonly sessions: BrowserSessions; readonly reader: CookieReader },
): BrowserRequest {
  const { request } = exchange;
  const isSecure = isSecureAddress(request.url, origins.own);
  const header = request.header("Cookie");
  const sealed = reader.read(header, isSecure);
  const { names } = sealed;
  const caller = () => callerOf(exchange);
  const keep = (renewed: NewlySealedSession) => {
    const nowSeconds = Math.floor(clock.now() / 1000);
    exchange.cookies = sessionCookies(renewed, names, isSecure, nowSeconds);
    return renewed.endsAt;
  };
  const clear = () => {
    exchange.cookies = clearedCookies(names, isSecure);
  };
  /** There is no session, or no more: the browser need not send its cookies again. */
  const over = (error: unknown): never => {
    if (isIdentityError(error, "invalid_token", "token_expired", "token_revoked")) clear();
    throw error;
  };
  const resumed = (): ResumedSession | Promise<ResumedSession> => {
    try {
      const session = sessions.resume(sealed, caller);
      return session instanceof Promise ? session.catch(over) : session;
    } catch (error) {
      return over(error);
    }
  };
  return {
    accessToken: () =>
      promptly(resumed(), ({ accessToken, renewed }) => {
        exchange.bearer = "token";
        if (renewed) keep(renewed);
        else reader.keep(header, isSecure, sealed);
        return accessToken;
      }),
    async start(tokens) {
      const endsAt = keep(await sessions.start(tokens, isKept));
      // The sign-in has ended well, whatever becomes of the session before it: that is told by an event.
      await sessions.end(sealed, caller).catch(() => undefined);
      return endsAt;
    },
    async renew() {
      keep(await sessions.refresh(sealed, caller));
    },
    async end() {
      await sessions.end(sealed, caller);
      clear();
    },
    clear,
    take(error) {
      if (isIdentityError(error) && endCodes.includes(error.code)) clear();
    },
  };
}

/** The words of a provider, or of a list of revocations, that a session has ended. */
const endCodes: readonly IdentityErrorCode[] = [
  "token_revoked",
  "invalid_refresh_token",
  "refresh_token_reused",
];

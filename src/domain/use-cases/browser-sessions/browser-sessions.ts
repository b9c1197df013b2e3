import type { EventSink, Ports, Seal } from "../../../ports/index.ts";
import {
  type BrowserAccess,
  type BrowserSession,
  type BrowserSessionLives,
  endOf,
  isLiving,
} from "../../browser-session.ts";
import { IdentityError, type IdentityErrorCode, isIdentityError } from "../../errors.ts";
import { from, type WithCallerAddress } from "../../ip-address.ts";
import type { TokenSet } from "../../session.ts";
import { refreshTokens, signOut } from "../sessions.ts";
import { createInstanceRefreshes, type InstanceEnding } from "./instance-refreshes.ts";
import { createOpener, type SealedSession } from "./opened-sessions.ts";
import {
  type NewlySealedSession,
  type RenewedSession,
  sealedOutcomes,
  sealSession,
} from "./renewed-sessions.ts";
import { createSharedRefreshes } from "./shared-refreshes.ts";

/** A session that goes on. */
export interface ResumedSession {
  readonly session: BrowserSession;
  readonly accessToken: string;
  /** The parts that the browser is to keep from now on, where the tokens had to be had anew. */
  readonly renewed?: NewlySealedSession;
}

/** A request of a browser, as far as its session is concerned. */
export interface BrowserCaller extends WithCallerAddress {
  /** Takes the events of the request, which tell that they are. */
  readonly events: EventSink;
}

/** Finds out who calls, for what is done upstream: most requests need nothing but what their cookies hold. */
export type FindCaller = () => BrowserCaller;

/** The sessions of browsers, which keep their tokens without seeing them. */
export interface BrowserSessions {
  /**
   * Begins a session with the tokens of a sign-in.
   *
   * @throws {IdentityError} `provider_misconfigured` — the provider gave no refresh token
   * @throws {IdentityError} `keys_unavailable` — the access token cannot be read now
   */
  start(tokens: TokenSet, isKept: boolean): Promise<NewlySealedSession>;

  /**
   * Goes on with a session: with new tokens where the access token has expired, had once for all requests that come
   * meanwhile. That the provider cannot be reached ends no session.
   *
   * @throws {IdentityError} `invalid_token` — there is no session, or none that was sealed here
   * @throws {IdentityError} `token_expired` — the session is over
   * @throws {IdentityError} `token_revoked` — the provider ended it
   * @throws {IdentityError} `provider_unavailable` — the provider gives no tokens now: the session goes on later
   */
  resume(
    sealed: Partial<SealedSession>,
    callerOf: FindCaller,
  ): ResumedSession | Promise<ResumedSession>;

  /**
   * Gets new tokens for a session, whether or not the access token has expired.
   *
   * @throws {IdentityError} `invalid_refresh_token` — there is no session that was sealed here, or it is over
   * @throws {IdentityError} as `Sessions.refresh`
   */
  refresh(sealed: Partial<SealedSession>, callerOf: FindCaller): Promise<NewlySealedSession>;

  /**
   * Ends a session, with the tokens of a refresh that is under way: whoever waits for those gets none. That there is none,
   * or none any more, is no error.
   *
   * @throws {IdentityError} as `Sessions.signOut`: the session goes on
   */
  end(sealed: Partial<SealedSession>, callerOf: FindCaller): Promise<void>;
}

/** The provider's own words that there will be no more tokens. All others may be better the next time. */
const finalCodes: readonly IdentityErrorCode[] = [
  "invalid_refresh_token",
  "refresh_token_reused",
  "user_disabled",
  "user_not_confirmed",
  "user_not_found",
  "password_reset_required",
];

/** Makes the sessions of browsers: nothing of them is kept here but for the time that a refresh takes, and shortly after. */
export function createBrowserSessions(
  ports: Pick<Ports, "identity" | "tokens" | "clock" | "limits" | "revocations" | "sharedWork"> & {
    readonly seal: Seal;
  },
  lives: BrowserSessionLives,
): BrowserSessions {
  const { seal, clock } = ports;
  const now = () => Math.floor(clock.now() / 1000);
  const opened = createOpener(seal);
  const instances = createInstanceRefreshes(ports.sharedWork, sealedOutcomes(seal, opened, lives));
  const refreshes = createSharedRefreshes<RenewedSession>(clock);

  async function withTokens(
    tokens: TokenSet,
    begun: Pick<BrowserSession, "id" | "startedAt" | "isKept"> & Partial<BrowserSession>,
  ): Promise<RenewedSession> {
    const { refreshToken = begun.refreshToken, accessToken, expiresIn } = tokens;
    if (refreshToken === undefined) throw new IdentityError("provider_misconfigured");
    const { id, startedAt, isKept } = begun;
    const user = await userOf(ports, accessToken, begun.user);
    const refreshedAt = now();
    const session = { id, refreshToken, startedAt, refreshedAt, isKept, user };
    const access = { id, accessToken, expiresAt: refreshedAt + expiresIn };
    return sealSession(seal, session, access, lives);
  }

  function renew(session: BrowserSession, callerOf: FindCaller): Promise<RenewedSession> {
    const { id, refreshedAt, refreshToken } = session;
    const refresh = async () => {
      const caller = callerOf();
      const input = { refreshToken, ...from(caller) };
      return withTokens(await refreshTokens({ ...ports, events: caller.events }, input), session);
    };
    // Once here, so that the instances are asked once as well.
    return refreshes.share(id, refreshedAt, () => instances.share(id, refreshedAt, refresh));
  }

  async function renewed(session: BrowserSession, callerOf: FindCaller): Promise<ResumedSession> {
    try {
      const { access, sealed, session: next } = await renew(session, callerOf);
      return { session: next, accessToken: access.accessToken, renewed: sealed };
    } catch (error) {
      throw refusalOf(error);
    }
  }

  function goOn(
    session: BrowserSession | undefined,
    access: BrowserAccess | undefined,
    callerOf: FindCaller,
  ): ResumedSession | Promise<ResumedSession> {
    if (!session) throw new IdentityError("invalid_token");
    if (now() >= endOf(session, lives)) {
      throw new IdentityError("token_expired", { rejection: "expired" });
    }
    if (!isLiving(access, session, now())) return renewed(session, callerOf);
    return { session, accessToken: access.accessToken };
  }

  return {
    async start(tokens, isKept) {
      const id = crypto.randomUUID();
      return (await withTokens(tokens, { id, startedAt: now(), isKept })).sealed;
    },
    resume(sealed, callerOf) {
      const parts = opened(sealed);
      if (parts instanceof Promise) {
        return parts.then(({ session, access }) => goOn(session, access, callerOf));
      }
      return goOn(parts.session, parts.access, callerOf);
    },
    async refresh(sealed, callerOf) {
      const { session } = await opened(sealed);
      if (!session || now() >= endOf(session, lives)) {
        throw new IdentityError("invalid_refresh_token");
      }
      return (await renew(session, callerOf)).sealed;
    },
    async end(sealed, callerOf) {
      const { session } = await opened(sealed);
      if (!session) return;
      const ending = refreshes.end(session.id, new IdentityError("invalid_refresh_token"));
      let elsewhere: InstanceEnding<RenewedSession> | undefined;
      try {
        elsewhere = await instances.end(session.id);
        const here = await ending.underWay?.catch(() => undefined);
        const { refreshToken, user } = latest(session, here?.session, elsewhere.before?.session);
        const caller = callerOf();
        const of = { refreshToken, session: user, ...from(caller) };
        await signOut({ ...ports, events: caller.events }, of);
      } catch (error) {
        ending.undo();
        await elsewhere?.undo();
        throw error;
      }
      await elsewhere.finish();
    },
  };
}

/** Gives the session as it was refreshed last: of those refreshed at once the one that was given last. */
function latest(
  session: BrowserSession,
  ...others: readonly (BrowserSession | undefined)[]
): BrowserSession {
  return others.reduce<BrowserSession>(
    (last, other) => (other && other.refreshedAt >= last.refreshedAt ? other : last),
    session,
  );
}

/**
 * Reads whom an access token speaks for. Where it cannot be read now it speaks for whom the last one did: a refresh token that
 * was replaced for it is spent, and the new one must not be lost.
 */
async function userOf(
  { tokens }: Pick<Ports, "tokens">,
  accessToken: string,
  before: BrowserSession["user"] | undefined,
): Promise<BrowserSession["user"]> {
  const principal = await tokens.verify(accessToken).catch((error: unknown) => {
    if (before) return undefined;
    throw error;
  });
  if (!principal && before) return before;
  if (principal?.kind !== "user") throw new IdentityError("provider_misconfigured");
  const { subject, issuer, clientId, username, groups, sessionId } = principal;
  return {
    subject,
    issuer,
    clientId,
    username,
    groups,
    ...(sessionId !== undefined && { sessionId }),
  };
}

/** Says of a refresh that failed what it means for whoever only wanted to go on. */
function refusalOf(error: unknown): unknown {
  if (!isIdentityError(error)) return error;
  if (finalCodes.includes(error.code)) {
    return new IdentityError("token_revoked", { cause: error, rejection: "revoked" });
  }
  if (error.code === "keys_unavailable") return error;
  const { retryAfterSeconds } = error;
  return new IdentityError("provider_unavailable", {
    cause: error,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

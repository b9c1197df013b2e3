import { IdentityError } from "../../domain/errors.ts";
import { createExpiringMap } from "./expiring-map.ts";
import type { Settings } from "./options.ts";
import { randomUuid, uuidOf } from "./random.ts";
import { createRefreshTokens, type RefreshTokenParts } from "./refresh-token.ts";

/** What goes on from a sign-in to the sign-out. */
export interface RefreshSession {
  /** The `origin_jti` of all its tokens: a hash of the secret in its refresh tokens, which itself is not kept. */
  readonly id: string;
  readonly eventId: string;
  readonly subject: string;
  /** When the user signed in, in milliseconds since the epoch. */
  readonly signedInAt: number;
  /** From when on it cannot be refreshed, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** How often its refresh token was replaced. */
  readonly generation: number;
  /** When it was, in order, as far back as the grace goes. */
  readonly replacedAt: readonly number[];
  /** Whether a replaced token was used again: nothing of the session is good any more. */
  readonly isCompromised: boolean;
}

/** A refresh token that was handed out in a session that has not ended. */
export interface HandedOutToken extends RefreshTokenParts {
  readonly sessionId: string;
  readonly subject: string;
}

/** A session, and the refresh token to hand out with it, if any. */
export interface Continuation {
  readonly session: RefreshSession;
  readonly refreshToken?: string;
}

/** Where sessions are kept. */
export interface RefreshSessions {
  begin(subject: string): Promise<Continuation>;
  /** Gives what a refresh token stands for: nothing where it was invented or its session has ended. */
  find(refreshToken: string): Promise<HandedOutToken | undefined>;
  /**
   * Takes a refresh token for a refresh.
   *
   * @throws {IdentityError} `invalid_refresh_token` `refresh_token_reused` — as `Sessions.refresh`
   */
  redeem(token: HandedOutToken): Promise<Continuation>;
  /** Tells whether access tokens of the session are good for the provider's own operations. */
  isAlive(sessionId: string): boolean;
  end(sessionId: string): Promise<void>;
  endAll(subject: string): Promise<void>;
}

/** Makes a store of sessions. */
export function createRefreshSessions(settings: Settings): RefreshSessions {
  const { clock, pause, tokenSeconds, refreshRotation } = settings;
  const tokens = createRefreshTokens(settings);
  const sessions = createExpiringMap<RefreshSession>(clock);

  /** The access token of the last refresh can outlive the session's refresh token, and must be known as long. */
  function save(session: RefreshSession): void {
    const expiresAt = session.expiresAt + tokenSeconds.access * 1000;
    sessions.set(session.id, session, { expiresAt });
  }

  /** The times of the session's replacements whose grace is not over. */
  function inGrace({ replacedAt }: RefreshSession): readonly number[] {
    const graceMs = (refreshRotation?.graceSeconds ?? 0) * 1000;
    return replacedAt.filter((time) => clock.now() < time + graceMs);
  }

  function replaceToken(session: RefreshSession): RefreshSession {
    const replacedAt = [...inGrace(session), clock.now()];
    return { ...session, generation: session.generation + 1, replacedAt };
  }

  return {
    async begin(subject) {
      const handle = tokens.newHandle();
      const session = newSession(await idOf(handle), subject, settings);
      save(session);
      return { session, refreshToken: await tokens.write({ handle, generation: 0 }) };
    },

    async find(refreshToken) {
      const parts = await tokens.read(refreshToken);
      const session = parts && sessions.get(await idOf(parts.handle));
      return parts && session && { ...parts, sessionId: session.id, subject: session.subject };
    },

    async redeem({ sessionId, handle, generation }) {
      const session = sessions.get(sessionId);
      await pause();
      if (!session || clock.now() >= session.expiresAt) {
        throw new IdentityError("invalid_refresh_token");
      }
      if (session.generation - generation > inGrace(session).length) {
        save({ ...session, isCompromised: true });
        throw new IdentityError("refresh_token_reused");
      }
      if (session.isCompromised) throw new IdentityError("invalid_refresh_token");
      if (!refreshRotation) return { session };
      const current = generation === session.generation ? replaceToken(session) : session;
      save(current);
      const refreshToken = await tokens.write({ handle, generation: current.generation });
      return { session: current, refreshToken };
    },

    isAlive: (sessionId) => sessions.get(sessionId)?.isCompromised === false,

    async end(sessionId) {
      await pause();
      sessions.delete(sessionId);
    },

    async endAll(subject) {
      await pause();
      for (const session of [...sessions.values()])
        if (session.subject === subject) sessions.delete(session.id);
    },
  };
}

function newSession(
  id: string,
  subject: string,
  { clock, randomBytes, tokenSeconds }: Settings,
): RefreshSession {
  const signedInAt = clock.now();
  return {
    id,
    eventId: randomUuid(randomBytes),
    subject,
    signedInAt,
    expiresAt: signedInAt + tokenSeconds.refresh * 1000,
    generation: 0,
    replacedAt: [],
    isCompromised: false,
  };
}

async function idOf(handle: Uint8Array<ArrayBuffer>): Promise<string> {
  return uuidOf(new Uint8Array(await crypto.subtle.digest("SHA-256", handle)));
}

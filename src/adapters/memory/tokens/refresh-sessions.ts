import { IdentityError } from "../../../domain/errors.ts";
import { randomUuid, uuidOf } from "../../shared/random.ts";
import { refused } from "../errors.ts";
import type { MemorySettings } from "../settings/settings.ts";
import { createExpiringMap } from "../store/expiring-map.ts";
import { type SavePoint, saveAll } from "../store/save-point.ts";
import type { Client } from "./clients.ts";
import { createRefreshTokens, type RefreshTokenParts } from "./refresh-token.ts";
import { createSessionsOfUsers } from "./sessions-of-users.ts";

/** A session: it goes on from a sign-in to the sign-out. */
export interface RefreshSession {
  /** The `origin_jti` of all its tokens: a hash of the secret in its refresh tokens, which itself is not kept. */
  readonly id: string;
  /** The `event_id` of all its tokens: its id as well, where they have no `origin_jti`. */
  readonly eventId: string;
  /** Whether its tokens have an `origin_jti`. */
  readonly isRevocable: boolean;
  /** The device that it was begun from, where devices are told apart. */
  readonly deviceKey: string | undefined;
  readonly subject: string;
  readonly clientId: string;
  /** The place of the session in listings: of later ones it is higher. */
  readonly serial: number;
  /** The time that the user signed in at, in milliseconds since the epoch. */
  readonly signedInAt: number;
  /** The time from which on it cannot be refreshed, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** The life of its access tokens, in seconds. */
  readonly accessSeconds: number;
  /** The number of times that its refresh token was replaced. */
  readonly generation: number;
  /** The times at which it was, in order, as far back as the grace goes. */
  readonly replacedAt: readonly number[];
  /** The time that it was last refreshed at, in milliseconds since the epoch. */
  readonly lastActiveAt: number;
  /** Whether a replaced token was used again: nothing of the session is good any more. */
  readonly isCompromised: boolean;
  readonly isEnded: boolean;
}

/** A refresh token that was handed out. */
export interface HandedOutToken extends RefreshTokenParts {
  readonly sessionId: string;
  readonly subject: string;
  readonly clientId: string;
}

/** A session, and the refresh token to hand out with it, if any. */
export interface Continuation {
  readonly session: RefreshSession;
  readonly refreshToken?: string;
}

/** The store of sessions. */
export interface RefreshSessions extends SavePoint {
  begin(subject: string, client: Client): Promise<Continuation>;
  /** Finds the session that a refresh token stands for: nothing where it was invented or its session ended long ago. */
  find(refreshToken: string): Promise<HandedOutToken | undefined>;
  /**
   * Takes a refresh token for a refresh.
   *
   * @throws {IdentityError} `invalid_refresh_token` `refresh_token_reused` — as `Sessions.refresh`
   */
  redeem(token: HandedOutToken, client: Client): Promise<Continuation>;
  /** Tells whether access tokens of the session are good for the provider's own operations. */
  isAlive(sessionId: string): boolean;
  /** Gives the sessions of a user that have not ended, the newest first. */
  list(subject: string): readonly RefreshSession[];
  /** Gives a session, as long as access tokens of it could be about after it ended. */
  get(sessionId: string): RefreshSession | undefined;
  end(sessionId: string): Promise<void>;
  endAll(subject: string): Promise<void>;
  /** Ends every session of a user, or every one but one, and gives their ids. */
  endAllBut(subject: string, keptId: string | undefined): Promise<readonly string[]>;
}

/** Makes a store of sessions. */
export function createRefreshSessions(settings: MemorySettings): RefreshSessions {
  const { clock, pause } = settings;
  const tokens = createRefreshTokens(settings);
  const ofUsers = createSessionsOfUsers<RefreshSession>();
  const sessions = createExpiringMap(clock, ofUsers.delete);
  let lastSerial = 0;

  /** The access token of the last refresh can outlive the session, and must be known as long. */
  function save(session: RefreshSession): void {
    const until = session.isEnded ? clock.now() : session.expiresAt;
    // First: a sweep takes out of the index again what it finds expired.
    if (session.isEnded) ofUsers.delete(session);
    else ofUsers.put(session);
    sessions.set(session.id, session, { expiresAt: until + session.accessSeconds * 1000 });
  }

  function isLive(session: RefreshSession): boolean {
    return !session.isEnded && !session.isCompromised;
  }

  /** The times of the session's replacements whose grace is not over. */
  function inGrace({ replacedAt }: RefreshSession, { refreshRotation }: Client): readonly number[] {
    const graceMs = (refreshRotation?.graceSeconds ?? 0) * 1000;
    return replacedAt.filter((time) => clock.now() < time + graceMs);
  }

  function replaceToken(session: RefreshSession, client: Client): RefreshSession {
    const replacedAt = [...inGrace(session, client), clock.now()];
    return { ...session, generation: session.generation + 1, replacedAt };
  }

  async function endAllBut(subject: string, keptId?: string): Promise<readonly string[]> {
    await pause();
    const ending = ofUsers.list(subject).filter(({ id }) => id !== keptId && sessions.get(id));
    for (const session of ending) save({ ...session, isEnded: true });
    return ending.map(({ id }) => id);
  }

  return {
    async begin(subject, client) {
      const handle = tokens.newHandle();
      const id = await idOf(handle);
      lastSerial += 1;
      const session = newSession({ id, serial: lastSerial, subject }, client, settings);
      save(session);
      return { session, refreshToken: await tokens.write({ handle, generation: 0 }) };
    },

    async find(refreshToken) {
      const parts = await tokens.read(refreshToken);
      const session = parts && sessions.get(await idOf(parts.handle));
      if (!parts || !session) return undefined;
      const { id: sessionId, subject, clientId } = session;
      return { ...parts, sessionId, subject, clientId };
    },

    async redeem({ sessionId, handle, generation }, client) {
      const session = sessions.get(sessionId);
      await pause();
      if (!session || session.clientId !== client.id)
        throw refused("invalid_refresh_token", "refresh_token_unknown");
      if (session.isEnded) throw refused("invalid_refresh_token", "refresh_token_revoked");
      if (clock.now() >= session.expiresAt)
        throw refused("invalid_refresh_token", "refresh_token_expired");
      if (session.generation - generation > inGrace(session, client).length) {
        save({ ...session, isCompromised: true });
        throw new IdentityError("refresh_token_reused");
      }
      if (session.isCompromised) throw refused("invalid_refresh_token", "refresh_token_revoked");
      const active = { ...session, lastActiveAt: clock.now() };
      const isReplaced = client.refreshRotation && generation === session.generation;
      const current = isReplaced ? replaceToken(active, client) : active;
      save(current);
      if (!client.refreshRotation) return { session: current };
      const refreshToken = await tokens.write({ handle, generation: current.generation });
      return { session: current, refreshToken };
    },

    isAlive(sessionId) {
      const session = sessions.get(sessionId);
      return session !== undefined && isLive(session);
    },

    list(subject) {
      const isOpen = (session: RefreshSession) =>
        isLive(session) && clock.now() < session.expiresAt;
      return ofUsers.list(subject).filter(isOpen);
    },

    get: (sessionId) => sessions.get(sessionId),

    async end(sessionId) {
      const session = sessions.get(sessionId);
      await pause();
      if (session && !session.isEnded) save({ ...session, isEnded: true });
    },

    async endAll(subject) {
      await endAllBut(subject);
    },

    endAllBut,

    save: () => saveAll([sessions, ofUsers]),
  };
}

function newSession(
  place: Pick<RefreshSession, "id" | "serial" | "subject">,
  { id: clientId, tokenSeconds, isRevocable = true, deviceKey }: Client,
  { clock, randomBytes }: MemorySettings,
): RefreshSession {
  const signedInAt = clock.now();
  return {
    ...place,
    eventId: isRevocable ? randomUuid(randomBytes) : place.id,
    isRevocable,
    deviceKey,
    clientId,
    signedInAt,
    lastActiveAt: signedInAt,
    expiresAt: signedInAt + tokenSeconds.refresh * 1000,
    accessSeconds: tokenSeconds.access,
    generation: 0,
    replacedAt: [],
    isCompromised: false,
    isEnded: false,
  };
}

async function idOf(handle: Uint8Array<ArrayBuffer>): Promise<string> {
  return uuidOf(new Uint8Array(await crypto.subtle.digest("SHA-256", handle)));
}

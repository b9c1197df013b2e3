import type { Seal } from "../../../ports/index.ts";
import {
  type BrowserAccess,
  type BrowserSession,
  type BrowserSessionLives,
  endOf,
} from "../../browser-session.ts";
import type { InstanceOutcomes } from "./instance-refreshes.ts";
import { type createOpener, type SealedSession, sealPurposes } from "./opened-sessions.ts";

/** A session that was sealed just now. */
export interface NewlySealedSession extends SealedSession {
  /** When it is over unless it is used before, in seconds since the epoch. */
  readonly endsAt: number;
  /** Whether it is to outlive the browser's own session. */
  readonly isKept: boolean;
}

/** A session with new tokens, and the same sealed. */
export interface RenewedSession {
  readonly session: BrowserSession;
  readonly access: BrowserAccess;
  readonly sealed: NewlySealedSession;
}

/** Seals both parts of a session. */
export async function sealSession(
  seal: Seal,
  session: BrowserSession,
  access: BrowserAccess,
  lives: BrowserSessionLives,
): Promise<RenewedSession> {
  const [sealedSession, sealedAccess] = await Promise.all([
    seal.seal(sealPurposes.session, JSON.stringify(session)),
    seal.seal(sealPurposes.access, JSON.stringify(access)),
  ]);
  const sealed = { session: sealedSession, access: sealedAccess };
  return renewedSession(session, access, sealed, lives);
}

/** Seals are of letters, digits, `-`, `_` and `.` alone. */
const between = "~";

/** Writes renewed sessions for other instances as browsers are given them: none but whoever has the secrets can read them. */
export function sealedOutcomes(
  seal: Seal,
  opened: ReturnType<typeof createOpener>,
  lives: BrowserSessionLives,
): InstanceOutcomes<RenewedSession> {
  return {
    write: ({ sealed }) => [sealed.session, sealed.access].join(between),

    async read(sessionId, text) {
      const [session = "", access = ""] = text.split(between);
      const sealed = { session, access };
      const parts = await opened(sealed);
      if (parts.session?.id !== sessionId || parts.access?.id !== sessionId) return undefined;
      return renewedSession(parts.session, parts.access, sealed, lives);
    },

    writeEnd: (sessionId) => seal.seal(sealPurposes.end, sessionId),

    async isEnd(sessionId, text) {
      if (text.includes(between)) return false;
      return (await seal.open(sealPurposes.end, text)) === sessionId;
    },
  };
}

function renewedSession(
  session: BrowserSession,
  access: BrowserAccess,
  sealed: SealedSession,
  lives: BrowserSessionLives,
): RenewedSession {
  const { isKept } = session;
  return { session, access, sealed: { ...sealed, isKept, endsAt: endOf(session, lives) } };
}

import {
  type BrowserAccess,
  type BrowserSession,
  type BrowserSessionLives,
  endOf,
  isLiving,
} from "../../../domain/browser-session.ts";
import {
  createOpener,
  type SealedSession,
  sealPurposes,
} from "../../../domain/use-cases/browser-sessions/opened-sessions.ts";
import type { Clock, Seal } from "../../../ports/index.ts";
import { readSessionCookies, type SessionCookies, sessionCookies } from "../session-cookies.ts";
import type { SessionReading, SignedIn } from "./session-reading.ts";
import type { RequestCookies } from "./session-request.ts";

/** A seal that tells what it sealed with its newest secret. */
export interface RenewableSeal extends Seal {
  isNewest(purpose: string, sealed: string): Promise<boolean>;
}

/** The parts that sessions are read with. */
export interface SessionReaderParts {
  readonly seal: RenewableSeal;
  readonly lives: BrowserSessionLives;
  readonly clock: Clock;
}

/** The session of a request, and the cookies that it came in. */
export interface FoundSession {
  readonly reading: SessionReading;
  readonly cookies: SessionCookies;
}

/** Reads the session of a request. It asks nobody, and whatever the cookies hold, it does not throw. */
export type ReadSession = (request: RequestCookies) => Promise<FoundSession>;

/**
 * The life that an access token has to have left for its cookies to be sealed anew, in seconds: shortly before its end the
 * service may be getting new tokens, and what is sealed here would overwrite those in the browser.
 */
const resealSeconds = 120;

/** Makes a reader of sessions. */
export function createSessionReader({ seal, lives, clock }: SessionReaderParts): ReadSession {
  const opened = createOpener(seal);
  const resealed = new WeakMap<BrowserAccess, Promise<SealedSession>>();
  const now = () => Math.floor(clock.now() / 1000);

  async function isNewest({ session = "", access = "" }: SessionCookies): Promise<boolean> {
    const both = await Promise.all([
      seal.isNewest(sealPurposes.session, session),
      seal.isNewest(sealPurposes.access, access),
    ]);
    return both.every(Boolean);
  }

  async function sealAnew(session: BrowserSession, access: BrowserAccess): Promise<SealedSession> {
    const [sealedSession, sealedAccess] = await Promise.all([
      seal.seal(sealPurposes.session, JSON.stringify(session)),
      seal.seal(sealPurposes.access, JSON.stringify(access)),
    ]);
    return { session: sealedSession, access: sealedAccess };
  }

  /** The cookies to set, where the ones that came were sealed with an older secret. */
  async function refreshedSeals(
    cookies: SessionCookies,
    session: BrowserSession,
    access: BrowserAccess,
    isSecure: boolean,
  ): Promise<readonly string[]> {
    if (access.expiresAt - now() < resealSeconds || (await isNewest(cookies))) return [];
    // Once for all requests that find them opened, so that a browser is given the same by each.
    const sealed = resealed.get(access) ?? sealAnew(session, access);
    resealed.set(access, sealed);
    const { isKept } = session;
    const renewed = { ...(await sealed), isKept, endsAt: endOf(session, lives) };
    return sessionCookies(renewed, cookies.names, isSecure, now());
  }

  return async ({ cookie, isSecure }) => {
    const cookies = readSessionCookies(cookie, isSecure);
    const { session, access } = await opened(cookies);
    if (!session || now() >= endOf(session, lives)) {
      return { reading: { status: "signed_out", setCookies: [] }, cookies };
    }
    if (!isLiving(access, session, now())) {
      return { reading: { status: "renewal_due", setCookies: [] }, cookies };
    }
    const setCookies = await refreshedSeals(cookies, session, access, isSecure);
    const reading = { ...signedIn(session, access), endsAt: endOf(session, lives), setCookies };
    return { reading, cookies };
  };
}

function signedIn(session: BrowserSession, access: BrowserAccess) {
  return {
    status: "signed_in",
    // Each reading has its own: what is kept of opened cookies is nobody's to change.
    user: structuredClone(session.user),
    claims: payloadOf(access.accessToken),
    accessToken: access.accessToken,
    accessExpiresAt: access.expiresAt,
  } as const satisfies Partial<SignedIn>;
}

/** Reads the claims of a token: the seal says that it is the provider's, as it was verified before it was sealed. */
function payloadOf(token: string): SignedIn["claims"] {
  try {
    const [, payload = ""] = token.split(".");
    const binary = atob(payload.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === "object" && claims !== null ? { ...claims } : {};
  } catch {
    return {};
  }
}

import { decodeJwt } from "jose/jwt/decode";
import { IdentityError } from "../../../domain/errors.ts";
import type { Page, PageRequest } from "../../../domain/page.ts";
import type { SessionSummary, TokenSet } from "../../../domain/session.ts";
import type { Sessions } from "../../../ports/index.ts";
import { readCursor, unknownCursor, writeCursor } from "../../shared/cursor.ts";
import type { Engine, RunOnEngine } from "../engine.ts";
import type { SessionsStart } from "../stores/session-listing.ts";
import { answerChallenge, resendChallengeCode } from "./challenge-answers.ts";
import { signIn } from "./sign-in.ts";

/** Makes the sessions facet of the port. */
export function createSessions(run: RunOnEngine): Sessions {
  return {
    signIn: (input) => run((engine) => signIn(engine, input)),
    answerChallenge: (input) => run((engine) => answerChallenge(engine, input)),
    resendChallengeCode: (input) => run((engine) => resendChallengeCode(engine, input)),
    refresh: (input) => run((engine) => refresh(engine, input)),
    signOut: (input) => run((engine) => signOut(engine, input)),
    signOutEverywhere: ({ accessToken }) =>
      run(({ accounts, sessions }) =>
        accounts.byToken(accessToken, ({ user }) => sessions.endAll(user.subject)),
      ),
    listSessions: (input) => run((engine) => listSessions(engine, input)),
    endSession: (input) => run((engine) => endSession(engine, input)),
  };
}

async function refresh(
  { sessions, accounts, issueTokens }: Engine,
  { refreshToken }: { readonly refreshToken: string },
): Promise<TokenSet> {
  const session = await sessions.find(refreshToken);
  if (!session) throw new IdentityError("invalid_refresh_token");
  return accounts.bySubject(session.subject, async ({ user }) => {
    if (!user?.isEnabled) throw new IdentityError("invalid_refresh_token");
    await sessions.goOn(session);
    return issueTokens(user, session);
  });
}

async function signOut(
  { sessions, accounts }: Engine,
  { refreshToken }: { readonly refreshToken: string },
): Promise<void> {
  if (isJwt(refreshToken)) throw new IdentityError("unsupported_token_type");
  const session = await sessions.find(refreshToken);
  if (!session) return;
  const { id, subject } = session;
  await accounts.bySubject(subject, () => sessions.end(id, subject));
}

function listSessions(
  { accounts, sessions }: Engine,
  { accessToken, limit, cursor }: PageRequest & { readonly accessToken: string },
): Promise<Page<SessionSummary>> {
  return accounts.byToken(accessToken, async ({ user, sessionId }) => {
    const start = cursor === undefined ? {} : readStart(cursor);
    const { sessions: open, next } = await sessions.list(user.subject, limit, start);
    const items = open.map(({ id, createdAt, lastActiveAt }) => ({
      id,
      createdAt: Math.floor(createdAt / 1000),
      lastActiveAt: Math.floor(lastActiveAt / 1000),
      isCurrent: id === sessionId,
    }));
    return { items, ...(next && { cursor: writeCursor([next.createdAt, next.id]) }) };
  });
}

/** A time from here on is written in another form (ECMA-262 section 21.4.1.32), by which databases would not compare it. */
const endOfTime = Date.UTC(9999, 11, 31);

/** Checks a place that came with a cursor, where no id is `null`. PostgreSQL takes no text with a NUL. */
function readStart(cursor: string): SessionsStart {
  const [createdAt, id] = readCursor(cursor);
  const isTime = typeof createdAt === "number" && createdAt >= 0 && createdAt < endOfTime;
  if (isTime && id === null) return { createdAt };
  if (isTime && typeof id === "string" && !id.includes("\0")) return { createdAt, id };
  throw unknownCursor();
}

function endSession(
  { accounts, sessions }: Engine,
  { accessToken, sessionId }: { readonly accessToken: string; readonly sessionId: string },
): Promise<void> {
  return accounts.byToken(accessToken, async ({ user, sessionId: current }) => {
    if (sessionId === current) throw new IdentityError("conflict");
    const isKnown = await sessions.end(sessionId, user.subject);
    if (!isKnown) throw new IdentityError("not_found");
  });
}

/** Access and ID tokens are JWTs, whoever issued them, and refresh tokens are none. */
function isJwt(token: string): boolean {
  try {
    decodeJwt(token);
    return true;
  } catch {
    return false;
  }
}

import { decodeJwt } from "jose/jwt/decode";
import { IdentityError } from "../../../domain/errors.ts";
import type { Page, PageRequest } from "../../../domain/page.ts";
import type { SessionSummary, TokenSet } from "../../../domain/session.ts";
import type { Sessions } from "../../../ports/index.ts";
import { readCursor, writeCursor } from "../../shared/cursor.ts";
import { cutSessions, readPlace } from "../../shared/session-order.ts";
import type { Engine } from "../engine.ts";
import { refused } from "../errors.ts";
import type { SignedInAccount } from "../tokens/signed-in-accounts.ts";
import { answerChallenge, resendChallengeCode } from "./challenge-answers.ts";
import { signIn } from "./sign-in.ts";
import { tokenSet } from "./sign-in-steps.ts";

/** Makes the sessions facet of the port. */
export function createSessions(engine: Engine): Sessions {
  const { onSignedInAccount, sessions } = engine;
  return {
    signIn: (input) => signIn(engine, input),
    answerChallenge: (input) => answerChallenge(engine, input),
    resendChallengeCode: (input) => resendChallengeCode(engine, input),
    refresh: (input) => refresh(engine, input),
    signOut: (input) => signOut(engine, input),
    signOutEverywhere: ({ accessToken }) =>
      onSignedInAccount(accessToken, ({ user }) => sessions.endAll(user.subject)),
    listSessions: ({ accessToken, ...page }) =>
      onSignedInAccount(accessToken, async (caller) => listSessions(engine, caller, page)),
    endSession: ({ accessToken, sessionId }) =>
      onSignedInAccount(accessToken, (caller) => endSession(engine, caller, sessionId)),
  };
}

async function refresh(
  engine: Engine,
  { refreshToken }: { readonly refreshToken: string },
): Promise<TokenSet> {
  const { client, sessions, accounts } = engine;
  const token = await sessions.find(refreshToken);
  if (!token) throw refused("invalid_refresh_token", "refresh_token_unknown");
  return accounts.bySubject(token.subject, async ({ user }) => {
    if (!user?.isEnabled) throw refused("invalid_refresh_token", "refresh_token_revoked");
    return tokenSet(engine, user, await sessions.redeem(token, client));
  });
}

async function signOut(
  { client, sessions, accounts }: Engine,
  { refreshToken }: { readonly refreshToken: string },
): Promise<void> {
  if (isJwt(refreshToken)) throw new IdentityError("unsupported_token_type");
  const token = await sessions.find(refreshToken);
  if (token?.clientId === client.id)
    await accounts.bySubject(token.subject, () => sessions.end(token.sessionId));
}

function listSessions(
  { sessions }: Engine,
  caller: SignedInAccount,
  { limit, cursor }: PageRequest,
): Page<SessionSummary> {
  const open = sessions.list(caller.user.subject);
  const placed = open.map((session) => ({ ...session, createdAt: session.signedInAt }));
  const after = cursor === undefined ? undefined : readPlace(readCursor(cursor));
  const { sessions: shown, last } = cutSessions(placed, limit, after);
  const items = shown.map(({ id, createdAt, lastActiveAt }) => ({
    id,
    createdAt: Math.floor(createdAt / 1000),
    lastActiveAt: Math.floor(lastActiveAt / 1000),
    isCurrent: id === caller.sessionId,
  }));
  return { items, ...(last && { cursor: writeCursor([last.createdAt, last.id]) }) };
}

async function endSession(
  { sessions }: Engine,
  caller: SignedInAccount,
  sessionId: string,
): Promise<void> {
  if (sessions.get(sessionId)?.subject !== caller.user.subject)
    throw new IdentityError("not_found");
  if (sessionId === caller.sessionId) throw new IdentityError("conflict");
  await sessions.end(sessionId);
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

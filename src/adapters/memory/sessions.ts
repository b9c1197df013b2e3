import { decodeJwt } from "jose";
import { IdentityError } from "../../domain/errors.ts";
import type { SignInResult, TokenSet } from "../../domain/session.ts";
import type { Sessions, SignInInput } from "../../ports/index.ts";
import type { Engine } from "./engine.ts";
import { notSupported } from "./errors.ts";
import { provePassword } from "./password-proof.ts";
import type { Continuation } from "./refresh-sessions.ts";
import type { User } from "./users.ts";

/** Makes the sessions facet of the port. */
export function createSessions(engine: Engine): Sessions {
  return {
    signIn: (input) => signIn(engine, input),
    answerChallenge: notSupported,
    refresh: (input) => refresh(engine, input),
    signOut: (input) => signOut(engine, input),
    signOutEverywhere: ({ accessToken }) =>
      engine.asCaller(accessToken, ({ user }) => engine.sessions.endAll(user.subject)),
    listSessions: notSupported,
    endSession: notSupported,
  };
}

async function signIn(
  engine: Engine,
  { username, password, factor = "password" }: SignInInput,
): Promise<SignInResult> {
  if (factor !== "password" || password === undefined) return notSupported();
  return engine.accounts.byName(username, async (account) => {
    const user = await provePassword(engine, account, password);
    requireAdmission(user);
    const tokens = await tokenSet(engine, user, await engine.sessions.begin(user.subject));
    return { status: "signed_in", tokens };
  });
}

async function refresh(
  engine: Engine,
  { refreshToken }: { readonly refreshToken: string },
): Promise<TokenSet> {
  const token = await engine.sessions.find(refreshToken);
  if (!token) throw new IdentityError("invalid_refresh_token");
  return engine.accounts.bySubject(token.subject, async ({ user }) => {
    if (!user?.isEnabled) throw new IdentityError("invalid_refresh_token");
    return tokenSet(engine, user, await engine.sessions.redeem(token));
  });
}

async function signOut(
  { sessions, accounts }: Engine,
  { refreshToken }: { readonly refreshToken: string },
): Promise<void> {
  if (isJwt(refreshToken)) throw new IdentityError("unsupported_token_type");
  const token = await sessions.find(refreshToken);
  if (token) await accounts.bySubject(token.subject, () => sessions.end(token.sessionId));
}

/** What is wrong with an account is for whoever knows its password to hear. */
function requireAdmission({ isEnabled, status }: User): void {
  if (!isEnabled) throw new IdentityError("user_disabled");
  if (status === "unconfirmed") throw new IdentityError("user_not_confirmed");
  if (status === "reset_required") throw new IdentityError("password_reset_required");
}

async function tokenSet(
  { settings, issueTokens }: Engine,
  user: User,
  { session, refreshToken }: Continuation,
): Promise<TokenSet> {
  return {
    ...(await issueTokens(user, session)),
    ...(refreshToken !== undefined && { refreshToken }),
    tokenType: "Bearer",
    expiresIn: settings.tokenSeconds.access,
  };
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

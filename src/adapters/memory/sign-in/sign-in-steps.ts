import type { Challenge, MfaMethod } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { SignInResult, TokenSet } from "../../../domain/session.ts";
import type { PasswordHash } from "../credentials/password-hash.ts";
import type { Engine } from "../engine.ts";
import { requiredMethods } from "../factors/second-factor-methods.ts";
import type { Continuation } from "../tokens/refresh-sessions.ts";
import { missingAttributes } from "../users/attributes.ts";
import type { User } from "../users/user.ts";
import { keyOfSubject } from "../users/user-store.ts";
import type { Ask, PendingSignIn } from "./challenge-store.ts";
import { passkeyOptions } from "./passkey-sign-in.ts";
import { deliveryOf, sendSecondFactor } from "./sign-in-codes.ts";

/** The state of a sign-in. */
export interface SignInProgress {
  readonly user: User;
  /** The password that it was begun with, if any. */
  readonly password: PasswordHash | undefined;
  readonly isSecondFactorDone: boolean;
  /** As in {@link PendingSignIn}. */
  readonly begunAs?: string | undefined;
}

/** The outcome of an answer: a factor that was proven, or something more to ask. */
export type AnswerOutcome =
  | Pick<SignInProgress, "user" | "isSecondFactorDone">
  | { readonly ask: Ask };

/**
 * Takes a sign-in from a factor that was proven to the next challenge, or to its end. What is wrong with the account is
 * for whoever got here to hear.
 *
 * @throws {IdentityError} `user_disabled` `user_not_confirmed` `password_reset_required` `temporary_password_expired`
 */
export async function continueSignIn(
  engine: Engine,
  progress: SignInProgress,
): Promise<SignInResult> {
  const { user, begunAs } = progress;
  const account = { key: keyOfSubject(user.subject), user };
  const ask = await nextAsk(engine, progress);
  // A second factor that is yet to be shown must not be tried for ever, with the right password in between.
  if (!ask || ask instanceof IdentityError) engine.lockout.recordSuccess(account);
  if (ask instanceof IdentityError) throw ask;
  if (ask) return issueChallenge(engine, pendingOf(engine, progress, ask));
  const continuation = await engine.sessions.begin(user.subject, engine.client);
  try {
    const tokens = await tokenSet(engine, user, continuation);
    return { status: "signed_in", tokens, ...(begunAs !== undefined && { username: begunAs }) };
  } catch (error) {
    // Nobody got its tokens, and nobody could end it.
    await engine.sessions.end(continuation.session.id);
    throw error;
  }
}

/** Keeps a sign-in until it is answered, and says what it waits for. */
export async function issueChallenge(
  engine: Engine,
  pending: PendingSignIn,
): Promise<SignInResult> {
  const session = await engine.challenges.open(pending, engine.client);
  return { status: "challenge", challenge: { session, ...(await describe(engine, pending)) } };
}

/** Issues the tokens of a session. */
export async function tokenSet(
  { client, issueTokens }: Engine,
  user: User,
  { session, refreshToken }: Continuation,
): Promise<TokenSet> {
  return {
    ...(await issueTokens(user, session, client)),
    ...(refreshToken !== undefined && { refreshToken }),
    tokenType: "Bearer",
    expiresIn: client.tokenSeconds.access,
  };
}

/** Asks for a second factor. */
export async function askForSecondFactor(
  engine: Engine,
  user: User,
  method: MfaMethod,
): Promise<Ask> {
  return method === "totp" ? { type: "totp" } : sendSecondFactor(engine, user, method);
}

/** Chooses what to ask for next: nothing more, or the error that ends the sign-in. */
async function nextAsk(
  engine: Engine,
  progress: SignInProgress,
): Promise<Ask | IdentityError | undefined> {
  const { user, isSecondFactorDone } = progress;
  const { settings } = engine;
  if (!user.isEnabled) return new IdentityError("user_disabled");
  switch (user.status) {
    case "unconfirmed":
    case "approval_required":
      return new IdentityError("user_not_confirmed");
    case "password_reset_required":
      return new IdentityError("password_reset_required");
    case "invited":
      if (settings.clock.now() < (user.passwordExpiresAt ?? 0)) return { type: "new_password" };
      return new IdentityError("temporary_password_expired");
  }
  if (isSecondFactorDone || settings.mfa === "off") return undefined;
  const methods = requiredMethods(user, settings);
  const [first] = methods;
  const preferred = methods.find((method) => method === user.mfa.preferred);
  if (preferred) return askForSecondFactor(engine, user, preferred);
  if (methods.length > 1) return { type: "select_mfa", methods };
  if (first) return askForSecondFactor(engine, user, first);
  if (settings.mfa === "optional") return undefined;
  const { mfaMethods } = settings;
  // A challenge that nothing answers would be a dead end.
  if (mfaMethods.length === 0) return new IdentityError("mfa_not_available");
  return { type: "mfa_setup", methods: mfaMethods, secret: undefined };
}

function pendingOf(
  { client }: Engine,
  { user, password, begunAs }: SignInProgress,
  ask: Ask,
): PendingSignIn {
  const { subject, username } = user;
  return { username, begunAs, subject, clientId: client.id, password, ask };
}

/** Describes the challenge that a sign-in waits at, as the port does. */
async function describe(
  engine: Engine,
  { ask, subject, username }: PendingSignIn,
): Promise<DistributiveOmit<Challenge, "session">> {
  const user = subject === undefined ? undefined : engine.users.get(subject);
  switch (ask.type) {
    case "totp": {
      const deviceName = user?.totp?.name;
      return { type: "totp", ...(deviceName !== undefined && { deviceName }) };
    }
    case "sms_code":
    case "email_code":
      return { type: ask.type, delivery: await deliveryOf(engine, username, ask) };
    case "new_password":
      return {
        type: "new_password",
        requiredAttributes: user ? missingAttributes(user, engine.settings) : [],
      };
    case "mfa_setup": {
      const { methods, secret } = ask;
      if (secret === undefined) return { type: "mfa_setup", methods };
      const account = engine.settings.signInModel === "email" ? user?.attributes.email : username;
      const totp = { secret, ...(account !== undefined && { account }) };
      return { type: "mfa_setup", methods, totp };
    }
    case "select_mfa":
      return { type: "select_mfa", methods: ask.methods };
    case "select_factor":
      return { type: "select_factor", factors: ask.factors };
    case "passkey":
      return { type: "passkey", options: await passkeyOptions(engine, ask) };
    case "custom":
      return { type: "custom", parameters: ask.parameters };
  }
}

type DistributiveOmit<T, Member extends PropertyKey> = T extends unknown ? Omit<T, Member> : never;

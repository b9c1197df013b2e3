import type { SignInFactor } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { SignInResult } from "../../../domain/session.ts";
import type { Delivery } from "../../../domain/user.ts";
import type { SignInInput } from "../../../ports/index.ts";
import { notSupported } from "../../shared/not-supported.ts";
import { isInvitationAlive } from "../administration/invitations.ts";
import type { User } from "../database/user-rows.ts";
import type { Engine } from "../engine.ts";
import { invalid } from "../errors.ts";
import { maskAddress, provenEmail } from "../messages/courier.ts";
import type { Account } from "../stores/accounts.ts";
import type { PasswordTrial } from "../stores/password-store.ts";

/** The factors that a sign-in can begin with here. */
const factors: readonly SignInFactor[] = ["password", "email_code"];

/** A sign-in on its way: whose it is, and what it was begun with. */
export interface NamedAccount {
  readonly username: string;
  readonly account: Account;
}

/** Begins a sign-in, as `Sessions.signIn` does. */
export async function signIn(engine: Engine, input: SignInInput): Promise<SignInResult> {
  const { username, password } = input;
  const factor = input.factor ?? (password === undefined ? undefined : "password");
  if (factor !== undefined && !factors.includes(factor)) return notSupported();
  const trial = factor === "password" ? await tryPassword(engine, username, password) : undefined;
  return engine.accounts.byName(username, (account) =>
    factor === undefined
      ? askForFactor(engine, { username, account })
      : signInWithFactor(engine, { username, account }, { factor, trial }),
  );
}

/** Tries the password of a name, if there is one, before it is the account's turn. */
export async function tryPassword(
  { accounts, passwords }: Engine,
  username: string,
  password: string | undefined,
): Promise<PasswordTrial> {
  if (password === undefined) throw invalid(["password"], "required");
  return passwords.tryOut(await accounts.subjectOf(username), password);
}

/** Begins with a factor that was chosen, for which there is a trial if it is a password. */
export async function signInWithFactor(
  engine: Engine,
  named: NamedAccount,
  { factor, trial }: { readonly factor: SignInFactor; readonly trial: PasswordTrial | undefined },
): Promise<SignInResult> {
  if (factor === "email_code") return sendSignInCode(engine, named);
  if (factor !== "password" || trial === undefined) return notSupported();
  const user = await engine.passwords.prove(named.account, trial);
  return continueSignIn(engine, { ...named, user, isSecondFactorDone: false });
}

/**
 * Goes on with a sign-in whose user has shown the first factor: to a challenge, or to tokens.
 *
 * @throws {IdentityError} what is wrong with the account, as `Sessions.signIn`
 */
export async function continueSignIn(
  engine: Engine,
  named: NamedAccount & { readonly user: User; readonly isSecondFactorDone: boolean },
): Promise<SignInResult> {
  const { user, username } = named;
  requireAdmission(user);
  const passwordStamp = await engine.passwords.stampOf(user.subject);
  const pending = { username, key: user.subject, passwordStamp };
  if (user.status === "invited") {
    if (!(await isInvitationAlive(engine, user)))
      throw new IdentityError("temporary_password_expired");
    const session = await engine.pending.open({ ...pending, type: "new_password" });
    const challenge = { type: "new_password", session, requiredAttributes: [] } as const;
    return { status: "challenge", challenge };
  }
  if (user.hasTotp && !named.isSecondFactorDone) {
    const session = await engine.pending.open({ ...pending, type: "totp" });
    return { status: "challenge", challenge: { type: "totp", session } };
  }
  const { session, refreshToken } = await engine.sessions.begin(user.subject);
  const tokens = { ...(await engine.issueTokens(user, session)), refreshToken };
  return { status: "signed_in", tokens, username };
}

/** Refuses an account that may not sign in. The reason is for whoever has shown a factor to hear. */
function requireAdmission({ isEnabled, status }: User): void {
  if (!isEnabled) throw new IdentityError("user_disabled");
  if (status === "unconfirmed" || status === "approval_required")
    throw new IdentityError("user_not_confirmed");
  if (status === "password_reset_required") throw new IdentityError("password_reset_required");
}

async function askForFactor(engine: Engine, named: NamedAccount): Promise<SignInResult> {
  const { username, account } = named;
  const session = await engine.pending.open({ type: "select_factor", username, key: account.key });
  return { status: "challenge", challenge: { type: "select_factor", session, factors } };
}

/**
 * Issues a code to sign in with, in the place of any before it, and gives what sends it: the last thing to do, as the
 * message is to go after the answer.
 */
export async function issueSignInCode(
  engine: Engine,
  { key, user }: Account,
): Promise<() => Promise<void>> {
  await engine.limits.take(key, "sign_in_code");
  const isWelcome = user?.isEnabled === true && user.status === "confirmed";
  const contact = isWelcome ? provenEmail(user) : undefined;
  const code = await engine.codes.issue(key, "sign_in_code", contact);
  return async () => {
    if (user && contact) await engine.send(user, { purpose: "sign_in_code", code, contact });
  };
}

/**
 * Sends a code to sign in with. Whoever cannot sign in like that gets the same challenge, and a code that was sent to
 * nobody.
 */
async function sendSignInCode(engine: Engine, named: NamedAccount): Promise<SignInResult> {
  const { username, account } = named;
  const { key, user } = account;
  const send = await issueSignInCode(engine, account);
  const session = await engine.pending.open({ type: "email_code", username, key });
  await send();
  const delivery: Delivery = { medium: "email", destination: maskAddress(user?.email ?? username) };
  return { status: "challenge", challenge: { type: "email_code", session, delivery } };
}

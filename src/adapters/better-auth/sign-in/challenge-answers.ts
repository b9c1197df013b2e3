import type { ChallengeAnswer } from "../../../domain/challenge.ts";
import { checkNewPassword } from "../../../domain/credentials.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { SignInResult } from "../../../domain/session.ts";
import { notSupported } from "../../shared/not-supported.ts";
import type { User } from "../database/user-rows.ts";
import type { Engine } from "../engine.ts";
import type { Account } from "../stores/accounts.ts";
import { acceptAttributes, withAttributeChanges } from "../stores/attributes.ts";
import { requireAddressOf } from "../stores/one-time-codes.ts";
import type { PasswordTrial } from "../stores/password-store.ts";
import type { PendingSignIn } from "../stores/pending-sign-ins.ts";
import { continueSignIn, issueSignInCode, signInWithFactor, tryPassword } from "./sign-in.ts";

/** An answer to a sign-in that waits for it. */
interface AnsweredSignIn {
  readonly session: string;
  readonly pending: PendingSignIn;
  readonly account: Account;
  /** The password that came along, where one did. */
  readonly trial?: PasswordTrial | undefined;
}

/** Answers a challenge, as `Sessions.answerChallenge` does. */
export async function answerChallenge(
  engine: Engine,
  { session, answer }: { readonly session: string; readonly answer: ChallengeAnswer },
): Promise<SignInResult> {
  const trial = await trialOf(engine, session, answer);
  // Of the challenges here, this alone asks for a second factor.
  const type = answer.type === "recovery_code" ? "totp" : answer.type;
  return onPending(engine, { session, type }, (answered) =>
    take(engine, { ...answered, trial }, answer),
  );
}

/** Sends the code of a challenge again, as `Sessions.resendChallengeCode` does. */
export async function resendChallengeCode(
  engine: Engine,
  { session }: { readonly session: string },
): Promise<void> {
  const send = await onPending(engine, { session, type: "email_code" }, ({ account }) =>
    issueSignInCode(engine, account),
  );
  await send();
}

/** Tries the password of an answer, before it is the account's turn. */
async function trialOf(
  engine: Engine,
  session: string,
  answer: ChallengeAnswer,
): Promise<PasswordTrial | undefined> {
  if (answer.type !== "select_factor" || answer.factor !== "password") return undefined;
  const { username } = await engine.pending.get(session, answer.type);
  return tryPassword(engine, username, answer.password);
}

/** Runs a task on a sign-in that waits for an answer. */
async function onPending<T>(
  engine: Engine,
  { session, type }: { readonly session: string; readonly type: string },
  task: (answered: AnsweredSignIn) => Promise<T>,
): Promise<T> {
  const { username } = await engine.pending.get(session, type);
  return engine.accounts.byName(username, async (account) => {
    // Only once it is our turn: another answer may have been at work on it.
    const pending = await engine.pending.get(session, type);
    if (account.key !== pending.key) throw new IdentityError("challenge_expired");
    const { passwordStamp } = pending;
    if (
      passwordStamp !== undefined &&
      !(await engine.passwords.isStampOf(account.key, passwordStamp))
    )
      throw new IdentityError("challenge_expired");
    return task({ session, pending, account });
  });
}

async function take(
  engine: Engine,
  answered: AnsweredSignIn,
  answer: ChallengeAnswer,
): Promise<SignInResult> {
  switch (answer.type) {
    case "totp":
      return takeSecondFactor(engine, answered, (subject) => engine.totp.use(subject, answer.code));
    case "recovery_code":
      return takeSecondFactor(engine, answered, (subject) =>
        engine.recoveryCodes.use(subject, answer.code),
      );
    case "email_code":
      return takeEmailCode(engine, answered, answer.code);
    case "new_password":
      return takeNewPassword(engine, answered, answer);
    case "select_factor": {
      const { factor } = answer;
      const { account, pending, session, trial } = answered;
      const named = { username: pending.username, account };
      const result = await signInWithFactor(engine, named, { factor, trial });
      await engine.pending.spend(session);
      return result;
    }
    default:
      return notSupported();
  }
}

/** Takes a code in the place of the second factor. Wrong ones of an app and wrong recovery codes count together. */
async function takeSecondFactor(
  engine: Engine,
  answered: AnsweredSignIn,
  use: (subject: string) => Promise<void>,
): Promise<SignInResult> {
  const user = userOf(answered);
  await engine.lockout.admit(user.subject, "totp");
  await use(user.subject);
  await engine.lockout.forgive(user.subject, "totp");
  await engine.pending.spend(answered.session);
  return goOn(engine, answered, user);
}

async function takeEmailCode(
  engine: Engine,
  answered: AnsweredSignIn,
  code: string,
): Promise<SignInResult> {
  const attempt = await engine.codes.attempt(answered.account.key, "sign_in_code", code);
  const { user } = answered.account;
  if (!user || attempt.outcome === "no_code") throw new IdentityError("code_mismatch");
  requireAddressOf(user, attempt);
  await engine.pending.spend(answered.session);
  const named = { username: answered.pending.username, account: answered.account };
  return continueSignIn(engine, { ...named, user, isSecondFactorDone: false });
}

async function takeNewPassword(
  engine: Engine,
  answered: AnsweredSignIn,
  { newPassword, attributes }: Extract<ChallengeAnswer, { type: "new_password" }>,
): Promise<SignInResult> {
  const user = userOf(answered);
  checkNewPassword(newPassword, "newPassword");
  const { others } = acceptAttributes(attributes, "user");
  const hash = await engine.passwords.hash(newPassword);
  await engine.pending.spend(answered.session);
  await engine.passwords.set(user.subject, hash);
  const changed = await engine.users.change(user, {
    status: "confirmed",
    attributes: withAttributeChanges(user.attributes, others),
  });
  const named = { username: answered.pending.username, account: answered.account };
  return continueSignIn(engine, { ...named, user: changed, isSecondFactorDone: false });
}

function goOn(
  engine: Engine,
  { pending, account }: AnsweredSignIn,
  user: User,
): Promise<SignInResult> {
  return continueSignIn(engine, {
    username: pending.username,
    account,
    user,
    isSecondFactorDone: true,
  });
}

function userOf({ account }: AnsweredSignIn): User {
  if (!account.user) throw new IdentityError("challenge_expired");
  return account.user;
}

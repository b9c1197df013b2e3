import type { ChallengeAnswer, JsonObject } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { SignInResult } from "../../../domain/session.ts";
import { notSupported } from "../../shared/not-supported.ts";
import type { Engine } from "../engine.ts";
import { invalid, refused } from "../errors.ts";
import { replaceTemporaryPassword } from "../factors/new-password.ts";
import { passkeyVerifierOf } from "../factors/passkeys.ts";
import { type PasswordTrial, provePassword, tryPassword } from "../factors/password-proof.ts";
import { spendRecoveryCode } from "../factors/recovery-codes.ts";
import { checkTotpOf } from "../factors/totp.ts";
import { hasSecondFactors } from "../settings/capabilities.ts";
import type { Account } from "../users/accounts.ts";
import type { User } from "../users/user.ts";
import { asksForSecondFactor, type OpenSignIn } from "./challenge-store.ts";
import { answeredRounds, nextCustomStep } from "./custom-sign-in.ts";
import { answerMfaSetup, withProvenFactor } from "./mfa-setup.ts";
import { askForPasskey, checkPasskey } from "./passkey-sign-in.ts";
import { checkSignInCode, sendFirstFactor, sendSignInCodeAgain } from "./sign-in-codes.ts";
import {
  type AnswerOutcome,
  askForSecondFactor,
  continueSignIn,
  issueChallenge,
} from "./sign-in-steps.ts";

/** An answer to a sign-in, on the account that it is for. */
interface AnsweredSignIn {
  readonly open: OpenSignIn;
  readonly account: Account;
  /** The password that came along, where one did. */
  readonly trial?: PasswordTrial | undefined;
}

/** Answers a challenge, as `Sessions.answerChallenge` does. */
export async function answerChallenge(
  engine: Engine,
  { session, answer }: { readonly session: string; readonly answer: ChallengeAnswer },
): Promise<SignInResult> {
  const { challenges, settings } = engine;
  if (answer.type === "recovery_code" && !hasSecondFactors(settings)) return notSupported();
  const trial = await trialOf(engine, session, answer);
  return onOpenSignIn(engine, { session, by: answer.type }, async (open, account) => {
    const outcome = await outcomeOf(engine, { open, account, trial }, answer);
    await challenges.spend(open);
    const { password, begunAs } = open;
    if ("ask" in outcome) return issueChallenge(engine, { ...open, ask: outcome.ask });
    const isPasswordNew = answer.type === "new_password" || answer.type === "select_factor";
    return continueSignIn(engine, {
      ...outcome,
      begunAs,
      password: isPasswordNew ? outcome.user.password : password,
    });
  });
}

/** Sends the code of a challenge again, as `Sessions.resendChallengeCode` does. */
export async function resendChallengeCode(
  engine: Engine,
  { session }: { readonly session: string },
): Promise<void> {
  await onOpenSignIn(engine, { session }, async (open, account) => {
    const { ask } = open;
    if (ask.type !== "sms_code" && ask.type !== "email_code") throw otherChallenge();
    const sent = await sendSignInCodeAgain(engine, account, ask);
    engine.challenges.update({ ...open, ask: sent });
  });
}

/** Tries the password of an answer, before it is the account's turn. */
async function trialOf(
  { challenges, client, users, hasher }: Engine,
  session: string,
  answer: ChallengeAnswer,
): Promise<PasswordTrial | undefined> {
  if (answer.type !== "select_factor" || answer.factor !== "password") return undefined;
  const { subject, username } = challenges.get(await challenges.idOf(session), client, answer.type);
  if (answer.password === undefined) return undefined;
  const user = subject === undefined ? users.find(username) : users.get(subject);
  return tryPassword({ hasher }, user, answer.password);
}

/** Runs a task on a sign-in that waits for an answer, by one of some type or of any, on the account that it is for. */
async function onOpenSignIn<T>(
  { accounts, challenges, client, settings }: Engine,
  { session, by }: { readonly session: string; readonly by?: ChallengeAnswer["type"] },
  task: (open: OpenSignIn, account: Account) => Promise<T>,
): Promise<T> {
  const id = await challenges.idOf(session);
  const { subject, username } = challenges.get(id, client);
  async function run(account: Account): Promise<T> {
    // Only once the account is ours: another answer may have been at work on it.
    const open = challenges.get(id, client, by === "recovery_code" ? undefined : by);
    if (by === "recovery_code" && !asksForSecondFactor(open.ask)) throw otherChallenge();
    await settings.pause();
    requireSameUser(open, account);
    return task(open, account);
  }
  return subject === undefined ? accounts.byName(username, run) : accounts.bySubject(subject, run);
}

/** A sign-in is worth nothing once its user is gone, or the password that it was begun with. */
function requireSameUser({ subject, password }: OpenSignIn, { user }: Account): void {
  const isSame = subject === undefined || user?.subject === subject;
  if (!isSame || (password !== undefined && user?.password !== password))
    throw refused("challenge_expired", "session_unknown");
}

async function outcomeOf(
  engine: Engine,
  answered: AnsweredSignIn,
  answer: ChallengeAnswer,
): Promise<AnswerOutcome> {
  const { ask } = answered.open;
  switch (answer.type) {
    case "sms_code":
    case "email_code":
      return answerCode(engine, answered, answer.code);
    case "select_factor":
      return answerFactorChoice(engine, answered, answer);
    case "passkey":
      return answerPasskey(engine, answered, answer.credential);
    case "custom":
      return answerCustom(engine, answered, answer.answer);
  }
  const user = userOf(answered);
  switch (answer.type) {
    case "totp":
      return {
        user: await checkTotpOf(engine, { ...answered.account, user }, answer.code),
        isSecondFactorDone: true,
      };
    case "recovery_code":
      return {
        user: await spendRecoveryCode(engine, { ...answered.account, user }, answer.code),
        isSecondFactorDone: true,
      };
    case "new_password":
      return {
        user: await replaceTemporaryPassword(engine, user, answer),
        isSecondFactorDone: false,
      };
    case "mfa_setup":
      return answerMfaSetup(engine, { ...answered.account, user, ask }, answer.step);
    case "select_mfa":
      if (ask.type !== "select_mfa" || !ask.methods.includes(answer.method))
        throw new IdentityError("mfa_not_available");
      return { ask: await askForSecondFactor(engine, user, answer.method) };
  }
}

/** Gives the user of a sign-in that is only ever begun for one. */
function userOf({ open, account: { user } }: AnsweredSignIn): User {
  if (!user || open.subject === undefined) throw refused("challenge_expired", "session_unknown");
  return user;
}

async function answerCode(
  engine: Engine,
  { open, account }: AnsweredSignIn,
  code: string,
): Promise<AnswerOutcome> {
  const { ask } = open;
  if (ask.type !== "sms_code" && ask.type !== "email_code") throw otherChallenge();
  const { contact, address } = await checkSignInCode(engine, account, { open, ask }, code);
  const user = userOf({ open, account });
  if (ask.use === "second_factor") return { user, isSecondFactorDone: true };
  if (ask.use === "set_up") {
    const enrolled = withProvenFactor(user, ask.type, { contact, address });
    return { user: engine.users.put(enrolled), isSecondFactorDone: true };
  }
  // As in Amazon Cognito, the code proves the address and so confirms the sign-up.
  if (user.attributes[contact] !== address) throw refused("code_mismatch", "no_code");
  const verified = new Set(user.verified).add(contact);
  const status = user.status === "unconfirmed" ? "confirmed" : user.status;
  return { user: engine.users.put({ ...user, verified, status }), isSecondFactorDone: false };
}

async function answerPasskey(
  engine: Engine,
  { open, account }: AnsweredSignIn,
  credential: JsonObject,
): Promise<AnswerOutcome> {
  if (open.ask.type !== "passkey") throw otherChallenge();
  const user = await checkPasskey(engine, account, open.ask, credential);
  return { user, isSecondFactorDone: passkeyVerifierOf(engine.settings).isMultiFactor };
}

async function answerFactorChoice(
  engine: Engine,
  { open, account, trial }: AnsweredSignIn,
  { factor }: Extract<ChallengeAnswer, { readonly type: "select_factor" }>,
): Promise<AnswerOutcome> {
  if (open.ask.type !== "select_factor" || !open.ask.factors.includes(factor))
    throw invalid(["factor"], "not_offered");
  if (factor === "passkey") return { ask: askForPasskey(engine) };
  if (factor === "email_code" || factor === "sms_code")
    return { ask: await sendFirstFactor(engine, account, factor) };
  if (trial === undefined) throw invalid(["password"], "required");
  return { user: await provePassword(engine, account, trial), isSecondFactorDone: false };
}

async function answerCustom(
  engine: Engine,
  { open, account }: AnsweredSignIn,
  answer: string,
): Promise<AnswerOutcome> {
  if (open.ask.type !== "custom") throw otherChallenge();
  const named = { username: open.username, account };
  const rounds = await answeredRounds(engine, named, open.ask, answer);
  const step = await nextCustomStep(engine, named, rounds);
  return "type" in step ? { ask: step } : { user: step, isSecondFactorDone: false };
}

function otherChallenge(): IdentityError {
  return refused("challenge_expired", "session_of_other_challenge");
}

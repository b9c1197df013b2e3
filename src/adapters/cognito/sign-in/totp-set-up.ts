import type { MfaMethod } from "../../../domain/challenge.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { SignInResult } from "../../../domain/session.ts";
import { checkTotpStatus } from "../account/second-factors.ts";
import { mfaMethodOf } from "../answers/challenge-names.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import type { AppClient } from "../wire/app-client.ts";
import type { ChallengeSeal, PendingChallenge } from "./challenge-session.ts";

/**
 * Begins to set up an authenticator app inside a sign-in.
 *
 * @throws {IdentityError} `mfa_not_available` — it was to be another method, which cannot be set up there
 */
export async function startTotpSetUp(
  app: AppClient,
  seal: ChallengeSeal,
  pending: PendingChallenge,
  method: MfaMethod,
): Promise<SignInResult> {
  const { offered = ["SOFTWARE_TOKEN_MFA"] } = pending;
  if (method !== "totp" || !offered.some((name) => mfaMethodOf(name) === method))
    throw new IdentityError("mfa_not_available");
  const answer = await app.call("answerChallenge", "AssociateSoftwareToken", {
    Session: pending.session,
  });
  const { SecretCode: secret, Session: next } = answer;
  if (!isText(secret)) throw unexpectedAnswer("SecretCode");
  if (!isText(next)) throw unexpectedAnswer("Session");
  const session = await seal.close({ ...pending, session: next, isTotpStarted: true });
  const totp = { secret, account: pending.account };
  const challenge = { type: "mfa_setup", methods: ["totp"], totp, session } as const;
  return { status: "challenge", challenge };
}

/**
 * Shows Cognito a code of the app that is being set up, and gives the session that the sign-in goes on with.
 *
 * @throws {IdentityError} `challenge_expired` — no app is being set up
 * @throws {IdentityError} `code_mismatch` — not a code of that app
 */
export async function finishTotpSetUp(
  app: AppClient,
  { session, isTotpStarted }: PendingChallenge,
  { code, deviceName }: { readonly code: string; readonly deviceName?: string },
): Promise<string> {
  if (!isTotpStarted) throw new IdentityError("challenge_expired");
  const answer = await app.call("answerChallenge", "VerifySoftwareToken", {
    Session: session,
    UserCode: code,
    FriendlyDeviceName: deviceName,
  });
  checkTotpStatus(answer.Status);
  if (!isText(answer.Session)) throw unexpectedAnswer("Session");
  return answer.Session;
}

import type { SignInResult } from "../../../domain/session.ts";
import type { SignInInput } from "../../../ports/index.ts";
import { notSupported } from "../../shared/not-supported.ts";
import type { Engine } from "../engine.ts";
import { invalid } from "../errors.ts";
import { type PasswordTrial, provePassword, tryPassword } from "../factors/password-proof.ts";
import { offeredFactors } from "../factors/second-factor-methods.ts";
import type { CustomRound } from "../settings/custom-challenge.ts";
import type { Ask, PendingSignIn } from "./challenge-store.ts";
import { type NamedAccount, nextCustomStep } from "./custom-sign-in.ts";
import { askForPasskey } from "./passkey-sign-in.ts";
import { sendFirstFactor } from "./sign-in-codes.ts";
import { continueSignIn, issueChallenge } from "./sign-in-steps.ts";

/** Begins a sign-in, as `Sessions.signIn` does. */
export async function signIn(engine: Engine, input: SignInInput): Promise<SignInResult> {
  const { username, password } = input;
  const factor = input.factor ?? (password === undefined ? undefined : "password");
  if (
    factor !== undefined &&
    factor !== "custom" &&
    !offeredFactors(engine.settings).includes(factor)
  )
    return notSupported();
  if (factor === "password" && password === undefined) throw invalid(["password"], "required");
  if (factor === "password") {
    const trial = await tryPassword(engine, engine.users.find(username), password ?? "");
    return engine.accounts.byName(username, (account) =>
      signInWithPassword(engine, { username, account }, trial),
    );
  }
  return engine.accounts.byName(username, async (account) => {
    switch (factor) {
      case "custom":
        return signInWithCustomChallenge(engine, { username, account });
      case "email_code":
      case "sms_code": {
        const ask = await sendFirstFactor(engine, account, factor);
        return issueChallenge(engine, pending(engine, { username, account }, ask));
      }
      case "passkey":
        return issueChallenge(
          engine,
          pending(engine, { username, account }, askForPasskey(engine)),
        );
      case undefined: {
        const ask = { type: "select_factor", factors: offeredFactors(engine.settings) } as const;
        return issueChallenge(engine, pending(engine, { username, account }, ask));
      }
    }
  });
}

async function signInWithPassword(
  engine: Engine,
  { username, account }: NamedAccount,
  trial: PasswordTrial,
): Promise<SignInResult> {
  const user = await provePassword(engine, account, trial);
  const { password } = user;
  return continueSignIn(engine, { user, password, isSecondFactorDone: false, begunAs: username });
}

/**
 * Begins a sign-in with the operator's own challenges, on an account whose turn it is.
 *
 * @param rounds - what was proven before
 */
export async function signInWithCustomChallenge(
  engine: Engine,
  named: NamedAccount,
  rounds: readonly CustomRound[] = [],
): Promise<SignInResult> {
  const step = await nextCustomStep(engine, named, rounds);
  if ("type" in step) return issueChallenge(engine, pending(engine, named, step));
  return continueSignIn(engine, {
    user: step,
    password: undefined,
    isSecondFactorDone: false,
    begunAs: named.username,
  });
}

function pending({ client }: Engine, { username, account }: NamedAccount, ask: Ask): PendingSignIn {
  const subject = account.user?.subject;
  return { username, begunAs: username, subject, clientId: client.id, password: undefined, ask };
}

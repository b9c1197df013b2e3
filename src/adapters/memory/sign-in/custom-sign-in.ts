import { IdentityError } from "../../../domain/errors.ts";
import { isSameText } from "../../shared/constant-time.ts";
import type { Engine } from "../engine.ts";
import { refused } from "../errors.ts";
import type { CustomRound, CustomStep } from "../settings/custom-challenge.ts";
import type { Account } from "../users/accounts.ts";
import { profileOf } from "../users/attributes.ts";
import type { User } from "../users/user.ts";
import type { Ask } from "./challenge-store.ts";

/** An account, and the name that a sign-in to it was begun with. */
export interface NamedAccount {
  readonly username: string;
  readonly account: Account;
}

type CustomAsk = Extract<Ask, { readonly type: "custom" }>;

/**
 * Asks the operator's own code what comes next in a sign-in: a question, or the user, who is then signed in.
 *
 * @throws {IdentityError} `invalid_credentials` — it refuses the user, or there is none to admit
 * @throws {IdentityError} `provider_extension_failed` — it threw
 * @throws {IdentityError} `not_supported` — there is no such code
 */
export async function nextCustomStep(
  { settings }: Engine,
  { username, account: { user } }: NamedAccount,
  rounds: readonly CustomRound[],
): Promise<CustomAsk | User> {
  const { customChallenge } = settings;
  if (!customChallenge) throw new IdentityError("not_supported");
  let step: CustomStep;
  try {
    step = await customChallenge.next({ username, user: user && profileOf(user), rounds });
  } catch (cause) {
    throw new IdentityError("provider_extension_failed", { cause });
  }
  if (step.action === "admit" && user) return user;
  if (step.action !== "ask") {
    throw refused("invalid_credentials", user ? "wrong_code" : "user_not_found");
  }
  const { action: _, ...question } = step;
  return { type: "custom", ...question, rounds };
}

/**
 * Adds an answer to the rounds.
 *
 * @throws {IdentityError} `provider_extension_failed` — the operator's own check threw
 */
export async function answeredRounds(
  { settings }: Engine,
  { username, account: { user } }: NamedAccount,
  { type: _, rounds, ...question }: CustomAsk,
  answer: string,
): Promise<readonly CustomRound[]> {
  const { parameters, expected, metadata } = question;
  const state = { username, user: user && profileOf(user), rounds };
  let isRight: boolean;
  try {
    isRight =
      (await settings.customChallenge?.check?.(state, question, answer)) ??
      isSameText(answer, expected);
  } catch (cause) {
    throw new IdentityError("provider_extension_failed", { cause });
  }
  return [...rounds, { parameters, isRight, ...(metadata !== undefined && { metadata }) }];
}

import type { SignInResult } from "../../../domain/session.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { factorOf } from "../answers/challenge-names.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import { readTokens, type TokenContext } from "../sessions/token-set.ts";
import type { AuthOutcome } from "./auth-calls.ts";
import { readOffered, readParameters, readQuestion } from "./challenge-question.ts";
import type { ChallengeSeal, PendingChallenge } from "./challenge-session.ts";

/** The settings that a step is read by, besides its answer. */
export interface AuthOutcomeContext extends TokenContext {
  readonly seal: ChallengeSeal;
  /** Cognito's names for what everyone is offered who has yet to show a factor, whether they have it or not. */
  readonly choice: readonly string[];
}

/**
 * Reads how a step of a sign-in ended.
 *
 * @throws {IdentityError} `provider_unavailable` — with neither tokens nor a challenge, or with both
 */
export async function readAuthOutcome(
  { answer, username }: AuthOutcome,
  context: AuthOutcomeContext,
  { isProven, account }: Pick<PendingChallenge, "isProven" | "account">,
): Promise<SignInResult> {
  const { ChallengeName: name, Session: session } = answer;
  if (!isText(name)) {
    const tokens = await readTokens(answer, context);
    return { status: "signed_in", tokens, username: account };
  }
  if (isJsonObject(answer.AuthenticationResult))
    throw unexpectedAnswer("end: tokens and a challenge");
  if (!isText(session)) throw unexpectedAnswer("Session");
  const parameters = readParameters(answer.ChallengeParameters);
  const known = readOffered(name, parameters, answer.AvailableChallenges);
  const isOpenChoice = name === "SELECT_CHALLENGE" && !isProven;
  const madeUp = known && isOpenChoice ? context.choice.filter(isLackingIn(known)) : [];
  const offered = known && [...known, ...madeUp];
  const pending = {
    name,
    session,
    // Once Cognito tells its own name for the user, it takes the hash of no other.
    username: parameters.USER_ID_FOR_SRP ?? username,
    account,
    isProven,
    ...(offered && { offered }),
    ...(madeUp.length > 0 && { madeUp }),
  };
  const question = readQuestion(pending, parameters);
  const challenge = { ...question, session: await context.seal.close(pending) };
  return { status: "challenge", challenge };
}

/** Tells of a name whether no other of those stands for the same factor. */
function isLackingIn(known: readonly string[]): (name: string) => boolean {
  const factors = known.map(factorOf);
  return (name) => !factors.includes(factorOf(name));
}

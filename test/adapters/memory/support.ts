import { createEngine } from "../../../src/adapters/memory/engine.ts";
import { reasonOf } from "../../../src/adapters/memory/errors.ts";
import { identityProviderOf } from "../../../src/adapters/memory/identity-provider.ts";
import {
  createMemoryIdentityProvider,
  createSigningKeys,
  type MemoryIdentityProvider,
  type MemoryIdentityProviderOptions,
} from "../../../src/adapters/memory/index.ts";
import type { User } from "../../../src/adapters/memory/users/user.ts";
import type { Challenge, ChallengeType } from "../../../src/domain/challenge.ts";
import { isIdentityError } from "../../../src/domain/errors.ts";
import type { SignInResult, TokenSet } from "../../../src/domain/session.ts";
import type { Clock, OutboxMessage } from "../../../src/ports/index.ts";

export const ada = { username: "ada@example.com", password: "Correct-Horse-7", attributes: {} };
export const newPassword = "Battery-Staple-8";
export const startSeconds = 1_800_000_000;

/** To make them is most of what a provider costs that is there for one test. */
export const signingKeys = createSigningKeys();

/** A clock that stands still until it is told to go on. */
export interface AdjustableClock extends Clock {
  advance(seconds: number): void;
}

export function adjustableClock(): AdjustableClock {
  let time = startSeconds * 1000;
  return {
    now: () => time,
    advance(seconds) {
      time += seconds * 1000;
    },
  };
}

export interface TestProvider extends MemoryIdentityProvider {
  readonly clock: AdjustableClock;
}

type WithOutbox = Pick<TestProvider, "identity" | "outbox">;

/** A provider on a clock of its own that hashes in no time. */
export function createProvider(options: MemoryIdentityProviderOptions = {}): TestProvider {
  const clock = adjustableClock();
  return {
    ...createMemoryIdentityProvider({ clock, hashIterations: 1, signingKeys, ...options }),
    clock,
  };
}

/** A provider whose users can be changed behind its back, as an administrator would. */
export function createOpenProvider(options: MemoryIdentityProviderOptions = {}) {
  const clock = adjustableClock();
  const engine = createEngine({ clock, hashIterations: 1, signingKeys, ...options });
  return {
    users: engine.users,
    identity: identityProviderOf(engine),
    outbox: engine.courier,
    clock,
    change(username: string, changes: Partial<User>) {
      const user = engine.users.find(username);
      if (!user) throw new Error("no such user");
      engine.users.put({ ...user, ...changes });
    },
  };
}

/** Gives the code that was sent last. */
export function lastCode(
  { outbox }: Pick<TestProvider, "outbox">,
  username: string,
  purpose: OutboxMessage["purpose"] = "sign_up_confirmation",
): string {
  const message = outbox.messagesFor(username).findLast((sent) => sent.purpose === purpose);
  if (!message) throw new Error(`no ${purpose} code was sent`);
  return message.code;
}

export function otherCode(code: string): string {
  return code.slice(0, -1) + (code.endsWith("0") ? "1" : "0");
}

export async function signUpConfirmed(provider: WithOutbox, user = ada): Promise<void> {
  await provider.identity.signUp(user);
  const code = lastCode(provider, user.username);
  await provider.identity.confirmSignUp({ username: user.username, code });
}

/** Signs a confirmed user in and gives the tokens. */
export async function signIn({ identity }: Pick<TestProvider, "identity">, user = ada) {
  const { username, password } = user;
  const tokens = await tokensOf(identity.signIn({ username, password }));
  const { accessToken, idToken, refreshToken } = tokens;
  if (idToken === undefined || refreshToken === undefined) throw new Error("a token is missing");
  return { accessToken, idToken, refreshToken };
}

/** Gives the tokens of a sign-in that has ended. */
export async function tokensOf(ending: Promise<SignInResult>): Promise<TokenSet> {
  const result = await ending;
  if (result.status !== "signed_in") throw new Error(`a ${result.challenge.type} challenge came`);
  return result.tokens;
}

/** Gives the challenge that a sign-in waits at: one of a type. */
export async function challengeOf<Type extends ChallengeType>(
  ending: Promise<SignInResult>,
  type: Type,
): Promise<Challenge & { readonly type: Type }> {
  const result = await ending;
  const ended = result.status === "challenge" ? result.challenge.type : result.status;
  if (result.status === "challenge" && isOf(result.challenge, type)) return result.challenge;
  throw new Error(`expected a ${type} challenge, got ${ended}`);
}

function isOf<Type extends ChallengeType>(
  challenge: Challenge,
  type: Type,
): challenge is Challenge & { readonly type: Type } {
  return challenge.type === type;
}

export async function signUpAndIn(provider: WithOutbox, user = ada) {
  await signUpConfirmed(provider, user);
  return signIn(provider, user);
}

/** Tells how a call ends: its code and how long to wait, if any. */
export async function outcomeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "done";
  } catch (error) {
    if (!isIdentityError(error)) throw error;
    const { code, retryAfterSeconds } = error;
    return retryAfterSeconds === undefined ? code : `${code} for ${retryAfterSeconds} s`;
  }
}

/** Tells the reason behind a refusal, which nobody who is refused is told. */
export function reasonFor(call: Promise<unknown>): Promise<string | undefined> {
  return call.then(() => "done", reasonOf);
}

/** Makes calls one after the other, and tells how each ends. */
export async function outcomesOf(times: number, call: () => Promise<unknown>): Promise<string[]> {
  const outcomes: string[] = [];
  while (outcomes.length < times) outcomes.push(await outcomeOf(call()));
  return outcomes;
}

/** Makes calls at once, and counts how they end. */
export async function countOutcomes(
  times: number,
  call: (index: number) => Promise<unknown>,
): Promise<Record<string, number>> {
  const calls = Array.from({ length: times }, (_, index) => outcomeOf(call(index)));
  const counts: Record<string, number> = {};
  for (const outcome of await Promise.all(calls)) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Reads a part of a token: 0 is the header, 1 the claims. */
export function readPart(token: string, part: 0 | 1): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[part] ?? "", "base64url").toString());
}

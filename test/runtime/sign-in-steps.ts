import { expect } from "vitest";
import type { components } from "../../src/client/generated/api.ts";
import type { AuthenticatorApp } from "../../src/testing/identity-provider/steps/authenticator-app.ts";
import type { Account, Probe } from "./probe.ts";
import { createTotpApp } from "./totp-app.ts";

type Schemas = components["schemas"];
type Challenge = Schemas["Challenge"];
type ChallengeOf<Type extends Challenge["type"]> = Challenge & { readonly type: Type };

/** Begins a sign-in, and expects that it goes on with a challenge of a type. */
export async function begin<const Type extends Challenge["type"]>(
  { client }: Probe,
  body: Schemas["SignInRequest"],
  type: Type,
): Promise<ChallengeOf<Type>> {
  const { data } = await client.POST("/v1/sign-in", { body });
  return expectChallenge(data, type);
}

/** Begins a sign-in with a password. */
export function beginWithPassword<const Type extends Challenge["type"]>(
  probe: Probe,
  { username, password }: Pick<Account, "username" | "password">,
  type: Type,
): Promise<ChallengeOf<Type>> {
  return begin(probe, { username, password }, type);
}

/** Answers a challenge. */
export function answer({ client }: Probe, body: Schemas["AnswerChallengeRequest"]) {
  return client.POST("/v1/sign-in/challenge", { body });
}

/** Answers a challenge, and expects that it was the last. */
export async function finish(
  probe: Probe,
  body: Schemas["AnswerChallengeRequest"],
): Promise<Schemas["Tokens"]> {
  const { data } = await answer(probe, body);
  return expectTokens(data);
}

/** Expects that a sign-in has ended with tokens. */
export function expectTokens(data: Schemas["SignInResponse"] | undefined): Schemas["Tokens"] {
  if (data?.status !== "signed_in") expect.fail(`tokens come, and not ${typeOf(data)}`);
  return data.tokens;
}

/** Expects that a sign-in goes on with a challenge of a type, and that no tokens come along. */
export function expectChallenge<const Type extends Challenge["type"]>(
  data: Schemas["SignInResponse"] | undefined,
  type: Type,
): ChallengeOf<Type> {
  if (data?.status !== "challenge" || !isOf(data.challenge, type)) {
    expect.fail(`a ${type} challenge comes, and not ${typeOf(data)}`);
  }
  expect(data).not.toHaveProperty("tokens");
  return data.challenge;
}

/** Sets an authenticator app up inside a sign-in that asks for it, up to the code that ends it. */
export async function setUpApp(
  probe: Probe,
  { session, methods }: ChallengeOf<"mfa_setup">,
): Promise<{ readonly session: string; readonly app: AuthenticatorApp; readonly uri: string }> {
  expect(methods).toContain("totp");
  const { data } = await answer(probe, { type: "mfa_setup", session, method: "totp" });
  const next = expectChallenge(data, "mfa_setup");
  const { secret, uri } = next.totp ?? expect.fail("a secret comes");
  return { session: next.session, app: createTotpApp(secret), uri };
}

/** Ends a sign-in that asked for a second factor to be set up. */
export async function finishSetup(
  probe: Probe,
  challenge: ChallengeOf<"mfa_setup">,
): Promise<Schemas["Tokens"]> {
  const { session, app } = await setUpApp(probe, challenge);
  return finish(probe, { type: "mfa_setup", session, code: await app.nextCode() });
}

function isOf<Type extends Challenge["type"]>(
  challenge: Challenge,
  type: Type,
): challenge is ChallengeOf<Type> {
  return challenge.type === type;
}

function typeOf(data: Schemas["SignInResponse"] | undefined): string {
  return data?.status === "challenge" ? data.challenge.type : (data?.status ?? "a refusal");
}

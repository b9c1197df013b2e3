import { expect } from "vitest";
import {
  type AuthenticatorApp,
  createAuthenticatorApp,
} from "../../src/testing/authenticator-app.ts";
import type { components } from "../support/generated/api.d.ts";
import { administratorName } from "./administrator.ts";
import { type Account, bearer, newAccount, type Probe } from "./probe.ts";

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

/** A user with an authenticator app. */
export interface AccountWithApp extends Account {
  readonly accessToken: string;
  readonly app: AuthenticatorApp;
}

/** Registers a user, and makes an authenticator app the one second factor. */
export async function registerWithApp(probe: Probe): Promise<AccountWithApp> {
  const user = await probe.signIn(await probe.register());
  const app = await addApp(probe, user.accessToken);
  await setSecondFactors(probe, user.accessToken, { enabled: ["totp"], preferred: "totp" });
  return { ...user, app };
}

/** Gives a user an authenticator app that is confirmed. */
export async function addApp({ client }: Probe, accessToken: string): Promise<AuthenticatorApp> {
  const headers = bearer(accessToken);
  const { data } = await client.POST("/v1/me/mfa/totp", { headers });
  const app = createAuthenticatorApp(data?.secret ?? expect.fail("a secret comes"), undefined);
  const body = { code: await app.nextCode(), device_name: "phone" };
  const { response } = await client.POST("/v1/me/mfa/totp/confirm", { headers, body });
  expect(response.status).toBe(204);
  return app;
}

/** Switches second factors on, and off what is not among them. */
export async function setSecondFactors(
  { client }: Probe,
  accessToken: string,
  body: Schemas["SetMfaRequest"],
): Promise<void> {
  const { response } = await client.PUT("/v1/me/mfa", { headers: bearer(accessToken), body });
  expect(response.status).toBe(204);
}

/** Gives a user a telephone number that is proven. */
export async function addPhone(
  { client, codeFor, secrets }: Probe,
  { username, accessToken }: Pick<AccountWithApp, "username" | "accessToken">,
): Promise<string> {
  const headers = bearer(accessToken);
  // NANPA keeps 555-01XX free, and area code 999 is not in use.
  const phone = `+1999${String(crypto.getRandomValues(new Uint32Array(1))[0])
    .padStart(10, "0")
    .slice(-7)}`;
  secrets.add(phone);
  const changed = await client.PATCH("/v1/me", {
    headers,
    body: { attributes: { phone_number: phone } },
  });
  expect(changed.response.status).toBe(200);
  const code = await codeFor(username, "attribute_verification");
  const params = { path: { name: "phone_number" as const } };
  const path = "/v1/me/attributes/{name}/verification/confirm";
  const proven = await client.POST(path, { headers, params, body: { code } });
  expect(proven.response.status).toBe(204);
  return phone;
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
  return { session: next.session, app: createAuthenticatorApp(secret, undefined), uri };
}

/** Ends a sign-in that asked for a second factor to be set up. */
export async function finishSetup(
  probe: Probe,
  challenge: ChallengeOf<"mfa_setup">,
): Promise<Schemas["Tokens"]> {
  const { session, app } = await setUpApp(probe, challenge);
  return finish(probe, { type: "mfa_setup", session, code: await app.nextCode() });
}

const administrators = new WeakMap<Probe, Promise<string>>();

/** Gives the access token of an administrator, who is the same one each time. */
export function administratorOf(probe: Probe): Promise<string> {
  const known = administrators.get(probe) ?? signUpAdministrator(probe);
  administrators.set(probe, known);
  return known;
}

async function signUpAdministrator(probe: Probe): Promise<string> {
  const { password } = newAccount();
  const username = administratorName;
  const attributes = { email: username, given_name: "Ada" };
  const body = { username, password, attributes };
  const { data: signedUp } = await probe.client.POST("/v1/sign-up", { body });
  if (signedUp?.status === "confirmation_required") {
    const code = await probe.codeFor(username, "sign_up_confirmation");
    await probe.client.POST("/v1/sign-up/confirm", { body: { username, code } });
  }
  await probe.promote(username);
  const { data } = await probe.client.POST("/v1/sign-in", { body: { username, password } });
  if (data?.status !== "challenge") return expectTokens(data).access_token;
  const { access_token } = await finishSetup(probe, expectChallenge(data, "mfa_setup"));
  return access_token;
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

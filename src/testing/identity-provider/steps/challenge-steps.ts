import type { Challenge, ChallengeAnswer, ChallengeType } from "../../../domain/challenge.ts";
import type { SignInResult } from "../../../domain/session.ts";
import type { AttributeValues } from "../../../domain/user.ts";
import type { MfaPreferences } from "../../../ports/index.ts";
import { ContractFailure, expectPresent, expectThat } from "../../expectations.ts";
import type { IdentityProviderHarness, NewUser } from "../harness.ts";
import { type SignedInUser, signedInUser } from "./account-steps.ts";
import { type AuthenticatorApp, createAuthenticatorApp } from "./authenticator-app.ts";

/** Expects that a sign-in waits at a challenge of a type, with no tokens beside it, and gives the challenge. */
export function expectChallenge<const Type extends ChallengeType>(
  result: SignInResult,
  type: Type,
): Challenge & { readonly type: Type } {
  if (result.status !== "challenge")
    throw new ContractFailure(`expected a ${type} challenge, but tokens came`);
  expectThat("no tokens come with a challenge", !("tokens" in result));
  if (isOf(result.challenge, type)) return result.challenge;
  const { type: other } = result.challenge;
  throw new ContractFailure(`expected a ${type} challenge, but a ${other} challenge came`);
}

/** Signs in with a password, and gives the challenge that comes of it. */
export async function beginWithPassword<const Type extends ChallengeType>(
  { identity }: IdentityProviderHarness,
  { username, password }: { readonly username: string; readonly password: string },
  type: Type,
): Promise<Challenge & { readonly type: Type }> {
  return expectChallenge(await identity.signIn({ username, password }), type);
}

/** Answers a challenge. */
export function answer(
  { identity }: IdentityProviderHarness,
  { session }: Pick<Challenge, "session">,
  given: ChallengeAnswer,
): Promise<SignInResult> {
  return identity.answerChallenge({ session, answer: given });
}

/** A user with an authenticator app. */
export interface UserWithApp extends SignedInUser {
  readonly app: AuthenticatorApp;
}

/** Gives a user with an authenticator app for a second factor: the only one, if nothing else is said. */
export async function userWithApp(
  harness: IdentityProviderHarness,
  preferences: MfaPreferences = { enabled: ["totp"] },
): Promise<UserWithApp> {
  const user = await signedInUser(harness);
  const app = await registerApp(harness, user);
  await harness.identity.setMfa({ accessToken: user.accessToken, ...preferences });
  return { ...user, app };
}

/** A user who has recovery codes, and whose sign-in waits for the code of the app. */
export interface UserAtSecondFactor extends UserWithApp {
  readonly session: string;
  readonly codes: readonly string[];
}

/** Gives a user with an authenticator app and recovery codes, and begins a sign-in of theirs. */
export async function atSecondFactor(
  harness: IdentityProviderHarness,
): Promise<UserAtSecondFactor> {
  const user = await userWithApp(harness);
  const codes = await harness.identity.createRecoveryCodes(user);
  const { session } = await beginWithPassword(harness, user, "totp");
  return { ...user, session, codes };
}

/** Sets up an authenticator app with a secret of the provider's, and confirms it. */
export async function registerApp(
  { identity, controls }: IdentityProviderHarness,
  { accessToken }: Pick<SignedInUser, "accessToken">,
): Promise<AuthenticatorApp> {
  const { secret } = await identity.startTotp({ accessToken });
  const app = createAuthenticatorApp(secret, controls.clock);
  await identity.confirmTotp({ accessToken, code: await app.nextCode(), deviceName: "phone" });
  return app;
}

/** Chooses an authenticator app, where a second factor has to be set up inside of the sign-in. */
export async function chooseApp(
  harness: IdentityProviderHarness,
  first: { readonly session: string },
) {
  const step = { method: "totp" } as const;
  const chosen = await answer(harness, first, { type: "mfa_setup", step });
  const { session, totp } = expectChallenge(chosen, "mfa_setup");
  const { secret, account } = expectPresent("a secret for the app", totp);
  return { session, account, app: createAuthenticatorApp(secret, harness.controls.clock) };
}

/** A user with a telephone number that is proven. */
export interface UserWithPhone extends SignedInUser {
  readonly phoneNumber: string;
}

/** Gives a user who has signed in and proven a telephone number. */
export async function userWithPhone(harness: IdentityProviderHarness): Promise<UserWithPhone> {
  const user = await signedInUser(harness);
  const { accessToken, username } = user;
  const phoneNumber = newPhoneNumber();
  const attribute = "phone_number";
  await harness.identity.updateAttributes({
    accessToken,
    attributes: { [attribute]: phoneNumber },
  });
  const code = await harness.codeFor(username, "attribute_verification");
  await harness.identity.confirmAttribute({ accessToken, attribute, code });
  return { ...user, phoneNumber };
}

/** Makes up a telephone number that nobody can have (NANPA keeps 555-01XX free; the area code is not in use). */
export function newPhoneNumber(): string {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return `+1999${String(random % 10_000_000).padStart(7, "0")}`;
}

/** Has an administrator create a user, whose password is then the temporary one that was sent. */
export async function invite(
  harness: IdentityProviderHarness,
  attributes: AttributeValues = {},
): Promise<NewUser> {
  const user = harness.newUser();
  const all = { ...user.attributes, email_verified: "true", ...attributes };
  await harness.identity.createUser({ username: user.username, attributes: all });
  return { ...user, password: await harness.codeFor(user.username, "invitation") };
}

function isOf<Type extends ChallengeType>(
  challenge: Challenge,
  type: Type,
): challenge is Challenge & { readonly type: Type } {
  return challenge.type === type;
}

import type { TokenSet } from "../domain/session.ts";
import { expectPresent } from "./expectations.ts";
import type { CodePurpose, IdentityProviderHarness, NewUser } from "./harness.ts";

/** The tokens of a sign-in, each of them there. */
export interface SessionTokens {
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
}

/** A user with a session. */
export interface SignedInUser extends NewUser, SessionTokens {}

/** A password that no provider takes: four characters. */
export const weakPassword = "aA1!";

/** Signs a new user up, and leaves the sign-up unconfirmed. */
export async function signUp(harness: IdentityProviderHarness): Promise<NewUser> {
  const user = harness.newUser();
  await harness.identity.signUp(user);
  return user;
}

/** Signs a new user up and confirms the sign-up. */
export async function signUpAndConfirm(harness: IdentityProviderHarness): Promise<NewUser> {
  const user = await signUp(harness);
  await confirm(harness, user);
  return user;
}

/** Confirms a sign-up with the code that was sent. */
export async function confirm(harness: IdentityProviderHarness, user: NewUser): Promise<void> {
  const code = await harness.codeFor(user.username, "sign_up_confirmation");
  await harness.identity.confirmSignUp({ username: user.username, code });
}

/** Signs a user in. */
export async function signIn(
  harness: IdentityProviderHarness,
  user: { readonly username: string; readonly password: string },
): Promise<SessionTokens> {
  const { tokens } = await harness.identity.signIn({
    username: user.username,
    password: user.password,
  });
  return {
    accessToken: tokens.accessToken,
    idToken: expectPresent("an ID token from the sign-in", tokens.idToken),
    refreshToken: expectPresent("a refresh token from the sign-in", tokens.refreshToken),
  };
}

/** Signs a new user up, confirms the sign-up and signs in. */
export async function signUpAndSignIn(harness: IdentityProviderHarness): Promise<SignedInUser> {
  const user = await signUpAndConfirm(harness);
  return { ...user, ...(await signIn(harness, user)) };
}

/** Signs a new user up, confirms the sign-up and asks for a password reset. Gives the code as well. */
export async function signUpAndStartReset(
  harness: IdentityProviderHarness,
): Promise<NewUser & { readonly code: string }> {
  const user = await signUpAndConfirm(harness);
  const { username } = user;
  await harness.identity.startPasswordReset({ username });
  return { ...user, code: await harness.codeFor(username, "password_reset") };
}

/** Gives the refresh token that is good after a refresh: the new one, or the one in hand where none came. */
export function currentRefreshToken(refreshed: TokenSet, inHand: string): string {
  return refreshed.refreshToken ?? inHand;
}

/** Makes a code that looks like another one and is not it. */
export function otherCode(code: string): string {
  return code.slice(0, -1) + (code.endsWith("0") ? "1" : "0");
}

/** Gives a code that is not the one that was sent. */
export async function wrongCode(
  harness: IdentityProviderHarness,
  username: string,
  purpose: CodePurpose,
): Promise<string> {
  return otherCode(await harness.codeFor(username, purpose));
}

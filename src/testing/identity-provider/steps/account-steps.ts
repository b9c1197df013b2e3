import type { SignInResult, TokenSet } from "../../../domain/session.ts";
import type { Profile } from "../../../domain/user.ts";
import { ContractFailure, expectCode, expectPresent } from "../../expectations.ts";
import type { CodePurpose, IdentityProviderHarness, NewUser, OtherProvider } from "../harness.ts";

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

/** Gives a user who can sign in: one of the harness, or else one who has signed up and confirmed the sign-up. */
export async function givenUser(harness: IdentityProviderHarness): Promise<NewUser> {
  if (harness.givenUser) return harness.givenUser();
  if (harness.identity.capabilities.has("sign_up")) return signUpAndConfirm(harness);
  throw new ContractFailure(
    "cannot run: the provider declares no sign_up, so the harness needs a givenUser",
  );
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
  const { username, password } = user;
  return sessionTokens(await harness.identity.signIn({ username, password }));
}

/** Expects that a sign-in has ended with tokens, each of them there, and gives them. */
export function sessionTokens(result: SignInResult): SessionTokens {
  const tokens = expectTokens(result);
  return {
    accessToken: tokens.accessToken,
    idToken: expectPresent("an ID token from the sign-in", tokens.idToken),
    refreshToken: expectPresent("a refresh token from the sign-in", tokens.refreshToken),
  };
}

/** Expects that a sign-in has ended with tokens, and gives them. */
export function expectTokens(result: SignInResult): TokenSet {
  if (result.status === "signed_in") return result.tokens;
  throw new ContractFailure(`expected tokens, but a ${result.challenge.type} challenge came`);
}

/** Gives a user who has signed in. */
export async function signedInUser(harness: IdentityProviderHarness): Promise<SignedInUser> {
  const user = await givenUser(harness);
  return { ...user, ...(await signIn(harness, user)) };
}

/** Gives a user who has asked for a password reset, and the code that was sent. */
export async function userWithResetCode(
  harness: IdentityProviderHarness,
): Promise<NewUser & { readonly code: string }> {
  const user = await givenUser(harness);
  const { username } = user;
  await harness.identity.startPasswordReset({ username });
  return { ...user, code: await harness.codeFor(username, "password_reset") };
}

/** Gives the profile of the user of an access token, where the provider shows users any. */
export async function profileOf(
  { identity }: IdentityProviderHarness,
  { accessToken }: Pick<SessionTokens, "accessToken">,
): Promise<Profile | undefined> {
  return identity.capabilities.has("profile") ? identity.getProfile({ accessToken }) : undefined;
}

/** Expects that a session goes on: both of its tokens work, the access token where the provider shows users anything. */
export async function expectAlive(
  harness: IdentityProviderHarness,
  { accessToken, refreshToken }: Pick<SessionTokens, "accessToken" | "refreshToken">,
): Promise<void> {
  await profileOf(harness, { accessToken });
  await harness.identity.refresh({ refreshToken });
}

/** Expects that an access token is dead for the provider's operations, where it shows users anything. */
export async function expectDeadAccess(
  { identity }: IdentityProviderHarness,
  accessToken: string,
): Promise<void> {
  if (!identity.capabilities.has("profile")) return;
  await expectCode(identity.getProfile({ accessToken }), "token_revoked");
}

/** Gives the refresh token that is good after a refresh: the new one, or the one in hand where none came. */
export function currentRefreshToken(refreshed: TokenSet, inHand: string): string {
  return refreshed.refreshToken ?? inHand;
}

/** Gives texts that differ from a token or a session in a place each. */
export function alterationsOf(text: string): readonly string[] {
  const middle = Math.floor(text.length / 2);
  return [replaceAt(text, 0), replaceAt(text, middle), text.slice(0, -1), `${text}x`];
}

function replaceAt(text: string, index: number): string {
  return text.slice(0, index) + (text[index] === "A" ? "B" : "A") + text.slice(index + 1);
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

/** Runs a task on another provider, and closes it. */
export async function withOther(
  other: OtherProvider,
  task: (harness: IdentityProviderHarness) => Promise<void>,
): Promise<void> {
  const harness = await other.start();
  try {
    await task(harness);
  } finally {
    await harness.close();
  }
}

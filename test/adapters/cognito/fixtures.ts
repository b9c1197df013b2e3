import { afterEach } from "vitest";
import {
  type CognitoIdentityProviderOptions,
  createCognitoIdentityProvider,
} from "../../../src/adapters/cognito/index.ts";
import type { IdentityProvider } from "../../../src/ports/index.ts";
import { type CognitoUpstream, startCognitoUpstream } from "../../support/cognito-upstream.ts";
import { accessTokenFor } from "../../support/cognito-upstream-answers.ts";
import type { KnownClient } from "../../support/cognito-upstream-secrets.ts";

export const clientId = "client1example";
export const clientSecret = "secret1example0123456789";
export const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "aws-secret-key" };
export const username = "ada@example.com";
export const password = "Correct-horse-7";
export const newPassword = "Battery-staple-8";
export const code = "424242";
export const accessToken = accessTokenFor({ username: "ada" });

const upstreams: CognitoUpstream[] = [];

afterEach(async () => {
  await Promise.all(upstreams.splice(0).map((upstream) => upstream.stop()));
});

/** An upstream of its own for a test, whose client has a secret; stopped after the test. */
export function startUpstream(secret = clientSecret): Promise<CognitoUpstream> {
  return startFor({ clientId, clientSecret: secret });
}

/** The same for a public client. */
export function startPublicUpstream(): Promise<CognitoUpstream> {
  return startFor({ clientId });
}

async function startFor(client: KnownClient): Promise<CognitoUpstream> {
  const upstream = await startCognitoUpstream(client);
  upstreams.push(upstream);
  return upstream;
}

/** The adapter in front of an upstream. */
export function providerAt(
  { endpoint }: Pick<CognitoUpstream, "endpoint">,
  options: Partial<CognitoIdentityProviderOptions> = {},
): IdentityProvider {
  return createCognitoIdentityProvider({
    region: "eu-central-1",
    userPoolId: "eu-central-1_example",
    clientId,
    clientSecret,
    credentials,
    endpoint,
    timeoutMs: 2_000,
    ...options,
  });
}

/** Every method of the port, called as a user would cause it to be. */
export const calls = {
  signUp: (identity) => identity.signUp({ username, password, attributes: { email: username } }),
  confirmSignUp: (identity) => identity.confirmSignUp({ username, code }),
  resendConfirmation: (identity) => identity.resendConfirmation({ username }),
  signIn: (identity) => identity.signIn({ username, password }),
  refresh: (identity) => identity.refresh({ refreshToken: "refresh-0" }),
  signOut: (identity) => identity.signOut({ refreshToken: "refresh-0" }),
  signOutEverywhere: (identity) => identity.signOutEverywhere({ accessToken }),
  startPasswordReset: (identity) => identity.startPasswordReset({ username }),
  resetPassword: (identity) => identity.resetPassword({ username, code, newPassword }),
  changePassword: (identity) =>
    identity.changePassword({ accessToken, currentPassword: password, newPassword }),
  getProfile: (identity) => identity.getProfile({ accessToken }),
  deleteAccount: (identity) => identity.deleteAccount({ accessToken }),
} satisfies Record<keyof IdentityProvider, (identity: IdentityProvider) => Promise<unknown>>;

export type Method = keyof typeof calls;

/** The operation that each method calls, with the settings that {@link providerAt} has. */
export const operations: Readonly<Record<Method, string>> = {
  signUp: "SignUp",
  confirmSignUp: "ConfirmSignUp",
  resendConfirmation: "ResendConfirmationCode",
  signIn: "AdminInitiateAuth",
  refresh: "GetTokensFromRefreshToken",
  signOut: "RevokeToken",
  signOutEverywhere: "GlobalSignOut",
  startPasswordReset: "ForgotPassword",
  resetPassword: "ConfirmForgotPassword",
  changePassword: "ChangePassword",
  getProfile: "GetUser",
  deleteAccount: "DeleteUser",
};

export const methods = Object.keys(calls) as Method[];

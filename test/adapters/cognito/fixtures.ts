import { afterEach } from "vitest";
import { cognitoFeatures } from "../../../src/adapters/cognito/features.ts";
import {
  type CognitoIdentityProviderOptions,
  createCognitoIdentityProvider,
} from "../../../src/adapters/cognito/index.ts";
import {
  createChallengeSeal,
  type PendingChallenge,
} from "../../../src/adapters/cognito/sign-in/challenge-session.ts";
import type { SignInResult, TokenSet } from "../../../src/domain/session.ts";
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
    features: cognitoFeatures,
    ...options,
  });
}

/** A session of a challenge, as the adapter hands it out for {@link clientId}. */
export function challengeSession(
  pending: Partial<PendingChallenge> = {},
  client: string = clientId,
): Promise<string> {
  return createChallengeSeal(client, clientSecret).close({
    name: "SMS_MFA",
    session: "challenge-session-0123456789",
    username,
    account: username,
    isProven: true,
    ...pending,
  });
}

const session = await challengeSession();
const bearer = { accessToken };

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
  answerChallenge: (identity) =>
    identity.answerChallenge({ session, answer: { type: "sms_code", code } }),
  listSessions: (identity) => identity.listSessions({ ...bearer, limit: 20 }),
  endSession: (identity) => identity.endSession({ ...bearer, sessionId: "tkn1" }),
  updateAttributes: (identity) =>
    identity.updateAttributes({ ...bearer, attributes: { nickname: "Ada" } }),
  startAttributeVerification: (identity) =>
    identity.startAttributeVerification({ ...bearer, attribute: "email" }),
  confirmAttribute: (identity) =>
    identity.confirmAttribute({ ...bearer, attribute: "email", code }),
  getMfa: (identity) => identity.getMfa(bearer),
  startTotp: (identity) => identity.startTotp(bearer),
  confirmTotp: (identity) => identity.confirmTotp({ ...bearer, code }),
  setMfa: (identity) => identity.setMfa({ ...bearer, enabled: ["totp"] }),
  startPasskeyRegistration: (identity) => identity.startPasskeyRegistration(bearer),
  finishPasskeyRegistration: (identity) =>
    identity.finishPasskeyRegistration({ ...bearer, credential: { id: "passkey1" } }),
  listPasskeys: (identity) => identity.listPasskeys(bearer),
  deletePasskey: (identity) => identity.deletePasskey({ ...bearer, id: "passkey1" }),
  listUsers: (identity) => identity.listUsers({ limit: 10 }),
  getUser: (identity) => identity.getUser({ username }),
  resendInvitation: (identity) => identity.resendInvitation({ username }),
  createUser: (identity) => identity.createUser({ username, attributes: { email: username } }),
  updateUser: (identity) => identity.updateUser({ username, attributes: { nickname: "Ada" } }),
  deleteUser: (identity) => identity.deleteUser({ username }),
  confirmUser: (identity) => identity.confirmUser({ username }),
  disableUser: (identity) => identity.disableUser({ username }),
  enableUser: (identity) => identity.enableUser({ username }),
  requirePasswordReset: (identity) => identity.requirePasswordReset({ username }),
  setPassword: (identity) => identity.setPassword({ username, password, isPermanent: true }),
  signOutUser: (identity) => identity.signOutUser({ username }),
  resetMfa: (identity) => identity.resetMfa({ username }),
  listUserGroups: (identity) => identity.listUserGroups({ username, limit: 10 }),
  addToGroup: (identity) => identity.addToGroup({ username, group: "readers" }),
  removeFromGroup: (identity) => identity.removeFromGroup({ username, group: "readers" }),
} satisfies Record<
  Exclude<
    keyof IdentityProvider,
    "capabilities" | "clock" | "setUp" | "resendChallengeCode" | "createRecoveryCodes"
  >,
  (identity: IdentityProvider) => Promise<unknown>
>;

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
  answerChallenge: "AdminRespondToAuthChallenge",
  listSessions: "ListUserSessions",
  endSession: "RevokeUserSession",
  updateAttributes: "UpdateUserAttributes",
  startAttributeVerification: "GetUserAttributeVerificationCode",
  confirmAttribute: "VerifyUserAttribute",
  getMfa: "GetUser",
  startTotp: "AssociateSoftwareToken",
  confirmTotp: "VerifySoftwareToken",
  setMfa: "SetUserMFAPreference",
  startPasskeyRegistration: "StartWebAuthnRegistration",
  finishPasskeyRegistration: "CompleteWebAuthnRegistration",
  listPasskeys: "ListWebAuthnCredentials",
  deletePasskey: "DeleteWebAuthnCredential",
  listUsers: "ListUsers",
  getUser: "AdminGetUser",
  resendInvitation: "AdminCreateUser",
  createUser: "AdminCreateUser",
  updateUser: "AdminUpdateUserAttributes",
  deleteUser: "AdminDeleteUser",
  confirmUser: "AdminConfirmSignUp",
  disableUser: "AdminDisableUser",
  enableUser: "AdminEnableUser",
  requirePasswordReset: "AdminResetUserPassword",
  setPassword: "AdminSetUserPassword",
  signOutUser: "AdminUserGlobalSignOut",
  resetMfa: "AdminGetUser",
  listUserGroups: "AdminListGroupsForUser",
  addToGroup: "AdminAddUserToGroup",
  removeFromGroup: "AdminRemoveUserFromGroup",
};

export const methods = Object.keys(calls) as Method[];

/** How often an upstream was asked for the operation of a method: what it was asked besides comes before. */
export function callsOf(method: Method, { requests }: CognitoUpstream): number {
  return requests.filter(({ operation }) => operation === operations[method]).length;
}

/** The tokens of a sign-in that ended in some. */
export function tokensOf(result: SignInResult): TokenSet {
  if (result.status !== "signed_in") throw new Error(`It ended in a ${result.challenge.type}.`);
  return result.tokens;
}

import type { Capability } from "../../domain/capabilities.ts";
import type { IdentityProviderHarness } from "./harness.ts";
import type { SignedInUser } from "./steps/account-steps.ts";

type Calls = Readonly<
  Record<
    string,
    (identity: IdentityProviderHarness["identity"], user: SignedInUser) => Promise<unknown>
  >
>;

/** Methods that go together. */
export interface OptionalMethods {
  /** One of them is enough. */
  readonly capabilities: readonly Capability[];
  readonly calls: Calls;
}

const unknown = { username: "nobody@example.com" };
const anyCredential = { id: "AAAA", rawId: "AAAA", type: "public-key", response: {} };

/** The methods that a back end can be without, by what they are for, each as a call that a user would make. */
export const optionalMethods = {
  registration: {
    capabilities: ["sign_up"],
    calls: {
      signUp: (identity, user) => identity.signUp(user),
      confirmSignUp: (identity, { username }) =>
        identity.confirmSignUp({ username, code: "123456" }),
      resendConfirmation: (identity, { username }) => identity.resendConfirmation({ username }),
    },
  },
  "password recovery": {
    capabilities: ["password_recovery"],
    calls: {
      startPasswordReset: (identity, { username }) => identity.startPasswordReset({ username }),
      resetPassword: (identity, { username, password }) =>
        identity.resetPassword({ username, code: "123456", newPassword: password }),
    },
  },
  "password changes": {
    capabilities: ["password_change"],
    calls: {
      changePassword: (identity, { accessToken, password }) =>
        identity.changePassword({
          accessToken,
          currentPassword: `${password}x`,
          newPassword: password,
        }),
    },
  },
  profiles: {
    capabilities: ["profile"],
    calls: {
      updateAttributes: (identity, { accessToken }) =>
        identity.updateAttributes({ accessToken, attributes: { given_name: "Ada" } }),
      startAttributeVerification: (identity, { accessToken }) =>
        identity.startAttributeVerification({ accessToken, attribute: "email" }),
      confirmAttribute: (identity, { accessToken }) =>
        identity.confirmAttribute({ accessToken, attribute: "email", code: "123456" }),
      deleteAccount: (identity, { accessToken }) => identity.deleteAccount({ accessToken }),
    },
  },
  "reading profiles": {
    capabilities: ["profile", "profile_reading"],
    calls: {
      getProfile: (identity, { accessToken }) => identity.getProfile({ accessToken }),
    },
  },
  "sign-out": {
    capabilities: ["sign_out"],
    calls: { signOut: (identity, { refreshToken }) => identity.signOut({ refreshToken }) },
  },
  "sign-out everywhere": {
    capabilities: ["sign_out_everywhere"],
    calls: {
      signOutEverywhere: (identity, { accessToken }) => identity.signOutEverywhere({ accessToken }),
    },
  },
  "second factors": {
    capabilities: ["totp_mfa", "sms_mfa", "email_mfa"],
    calls: {
      getMfa: (identity, { accessToken }) => identity.getMfa({ accessToken }),
      setMfa: (identity, { accessToken }) => identity.setMfa({ accessToken, enabled: [] }),
    },
  },
  "authenticator apps": {
    capabilities: ["totp_mfa"],
    calls: {
      startTotp: (identity, { accessToken }) => identity.startTotp({ accessToken }),
      confirmTotp: (identity, { accessToken }) =>
        identity.confirmTotp({ accessToken, code: "123456" }),
    },
  },
  "recovery codes": {
    capabilities: ["recovery_codes"],
    calls: {
      createRecoveryCodes: (identity, { accessToken }) =>
        identity.createRecoveryCodes({ accessToken }),
      answerChallenge: (identity) =>
        identity.answerChallenge({
          session: "invented",
          answer: { type: "recovery_code", code: "4w7kp-x2m9q-hd0ja-tz6rc-8nvfe" },
        }),
    },
  },
  passkeys: {
    capabilities: ["passkeys"],
    calls: {
      startPasskeyRegistration: (identity, { accessToken }) =>
        identity.startPasskeyRegistration({ accessToken }),
      finishPasskeyRegistration: (identity, { accessToken }) =>
        identity.finishPasskeyRegistration({ accessToken, credential: anyCredential }),
      listPasskeys: (identity, { accessToken }) => identity.listPasskeys({ accessToken }),
      deletePasskey: (identity, { accessToken }) =>
        identity.deletePasskey({ accessToken, id: "AAAA" }),
      signIn: (identity, { username }) => identity.signIn({ username, factor: "passkey" }),
    },
  },
  "sign-in codes by mail": {
    capabilities: ["email_code_sign_in"],
    calls: {
      signIn: (identity, { username }) => identity.signIn({ username, factor: "email_code" }),
    },
  },
  "sign-in codes by text message": {
    capabilities: ["sms_code_sign_in"],
    calls: {
      signIn: (identity, { username }) => identity.signIn({ username, factor: "sms_code" }),
    },
  },
  "codes sent again": {
    capabilities: ["challenge_code_resend"],
    calls: {
      resendChallengeCode: (identity) => identity.resendChallengeCode({ session: "invented" }),
    },
  },
  "custom challenges": {
    capabilities: ["custom_challenges"],
    calls: {
      signIn: (identity, { username }) => identity.signIn({ username, factor: "custom" }),
    },
  },
  "lists of sessions": {
    capabilities: ["session_list"],
    calls: {
      listSessions: (identity, { accessToken }) => identity.listSessions({ accessToken, limit: 1 }),
      endSession: (identity, { accessToken }) =>
        identity.endSession({ accessToken, sessionId: "invented" }),
    },
  },
  administration: {
    capabilities: ["administration"],
    calls: {
      createUser: (identity, user) =>
        identity.createUser({ username: user.username, attributes: {}, invite: false }),
      resendInvitation: (identity) => identity.resendInvitation(unknown),
      updateUser: (identity) => identity.updateUser({ ...unknown, attributes: {} }),
      deleteUser: (identity) => identity.deleteUser(unknown),
      confirmUser: (identity) => identity.confirmUser(unknown),
      disableUser: (identity) => identity.disableUser(unknown),
      enableUser: (identity) => identity.enableUser(unknown),
      requirePasswordReset: (identity) => identity.requirePasswordReset(unknown),
      setPassword: (identity, { password }) =>
        identity.setPassword({ ...unknown, password, isPermanent: true }),
      resetMfa: (identity) => identity.resetMfa(unknown),
    },
  },
  "lists of users": {
    capabilities: ["administration", "user_listing"],
    calls: {
      listUsers: (identity) => identity.listUsers({ limit: 1 }),
      getUser: (identity) => identity.getUser(unknown),
      signOutUser: (identity) => identity.signOutUser(unknown),
    },
  },
  "lists of groups": {
    capabilities: ["groups", "user_listing"],
    calls: {
      listUserGroups: (identity) => identity.listUserGroups({ ...unknown, limit: 1 }),
    },
  },
  groups: {
    capabilities: ["groups"],
    calls: {
      addToGroup: (identity) => identity.addToGroup({ ...unknown, group: "invented" }),
      removeFromGroup: (identity) => identity.removeFromGroup({ ...unknown, group: "invented" }),
    },
  },
} satisfies Record<string, OptionalMethods>;

import { type Capability, capabilities } from "../../domain/capabilities.ts";
import { ContractFailure, expectOneOf } from "../expectations.ts";
import { outcomeOf } from "../outcomes.ts";
import { contractCase } from "./contract-case.ts";
import type { IdentityProviderHarness } from "./harness.ts";
import { type SignedInUser, signUpAndSignIn } from "./steps/account-steps.ts";

type Calls = Readonly<
  Record<
    string,
    (identity: IdentityProviderHarness["identity"], user: SignedInUser) => Promise<unknown>
  >
>;

interface Subject {
  /** One of them is enough. */
  readonly capabilities: readonly Capability[];
  readonly calls: Calls;
}

const unknown = { username: "nobody@example.com" };
const anyCredential = { id: "AAAA", rawId: "AAAA", type: "public-key", response: {} };

/** The methods that a back end can be without, by what they are for. */
const subjects = {
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
  "custom challenges": {
    capabilities: ["custom_challenges"],
    calls: {
      signIn: (identity, { username }) => identity.signIn({ username, factor: "custom" }),
    },
  },
  "lists of sessions": {
    capabilities: ["session_list"],
    calls: {
      listSessions: (identity, { accessToken }) => identity.listSessions({ accessToken }),
      endSession: (identity, { accessToken }) =>
        identity.endSession({ accessToken, sessionId: "invented" }),
    },
  },
  administration: {
    capabilities: ["administration"],
    calls: {
      listUsers: (identity) => identity.listUsers({ limit: 1 }),
      getUser: (identity) => identity.getUser(unknown),
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
      signOutUser: (identity) => identity.signOutUser(unknown),
    },
  },
  groups: {
    capabilities: ["groups"],
    calls: {
      listUserGroups: (identity) => identity.listUserGroups({ ...unknown, limit: 1 }),
      addToGroup: (identity) => identity.addToGroup({ ...unknown, group: "invented" }),
      removeFromGroup: (identity) => identity.removeFromGroup({ ...unknown, group: "invented" }),
    },
  },
} satisfies Record<string, Subject>;

/** What holds of what a provider says that it can do, whatever that is. */
export const capabilityCases = [
  contractCase("capabilities: are of those that there are", async ({ identity }) => {
    for (const declared of identity.capabilities)
      expectOneOf("a capability", declared, capabilities);
  }),
  caseOf("second factors"),
  caseOf("authenticator apps"),
  caseOf("passkeys"),
  caseOf("sign-in codes by mail"),
  caseOf("sign-in codes by text message"),
  caseOf("custom challenges"),
  caseOf("lists of sessions"),
  caseOf("administration"),
  caseOf("groups"),
];

function caseOf<const Name extends keyof typeof subjects>(name: Name) {
  const subject: Subject = subjects[name];
  return contractCase(
    `capabilities: has the methods for ${name} where it declares them, and not_supported elsewhere`,
    async (harness) => {
      const { identity } = harness;
      const isDeclared = subject.capabilities.some((needed) => identity.capabilities.has(needed));
      const user = await signUpAndSignIn(harness);

      for (const [method, call] of Object.entries(subject.calls)) {
        const outcome = await outcomeOf(call(identity, user));
        if (isDeclared === (outcome === "not_supported"))
          throw new ContractFailure(describe(method, subject, isDeclared));
      }
    },
  );
}

function describe(method: string, { capabilities: names }: Subject, isDeclared: boolean): string {
  const list = names.join(" or ");
  return isDeclared
    ? `${method} throws not_supported, though ${list} is declared`
    : `expected ${method} to throw not_supported, as ${list} is not declared, but it does not`;
}

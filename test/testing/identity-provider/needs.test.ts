import { beforeAll, describe, expect, test } from "vitest";
import { completeIdentityProvider } from "../../../src/adapters/shared/not-supported.ts";
import type { Capability } from "../../../src/domain/capabilities.ts";
import {
  type ContractCase,
  type IdentityProviderHarness,
  identityProviderContract,
} from "../../../src/testing/index.ts";
import { startMemoryHarness } from "../../contract/memory-harness.ts";
import { newEmailUser } from "../../contract/new-email-user.ts";

type Identity = IdentityProviderHarness["identity"];
type Methods = Exclude<keyof Identity, "capabilities" | "clock" | "setUp">;

/** The methods that come with each capability. Those of sign-ins come with none. */
const methodsOf: Readonly<Record<Capability, readonly Methods[]>> = {
  sign_up: ["signUp", "confirmSignUp", "resendConfirmation"],
  sign_out: ["signOut"],
  sign_out_everywhere: ["signOutEverywhere"],
  password_recovery: ["startPasswordReset", "resetPassword"],
  password_change: ["changePassword"],
  profile: [
    "getProfile",
    "updateAttributes",
    "startAttributeVerification",
    "confirmAttribute",
    "deleteAccount",
  ],
  profile_reading: ["getProfile"],
  totp_mfa: ["getMfa", "setMfa", "startTotp", "confirmTotp"],
  sms_mfa: ["getMfa", "setMfa"],
  email_mfa: ["getMfa", "setMfa"],
  email_code_sign_in: [],
  sms_code_sign_in: [],
  passkeys: [
    "startPasskeyRegistration",
    "finishPasskeyRegistration",
    "listPasskeys",
    "deletePasskey",
  ],
  custom_challenges: [],
  session_list: ["listSessions", "endSession"],
  administration: [
    "listUsers",
    "getUser",
    "createUser",
    "resendInvitation",
    "updateUser",
    "deleteUser",
    "confirmUser",
    "disableUser",
    "enableUser",
    "requirePasswordReset",
    "setPassword",
    "signOutUser",
    "resetMfa",
  ],
  user_listing: ["listUsers", "getUser", "signOutUser", "listUserGroups"],
  groups: ["listUserGroups", "addToGroup", "removeFromGroup"],
  sign_up_approval: [],
  password_change_keeps_session: [],
  confirmation_password: [],
  challenge_code_resend: ["resendChallengeCode"],
  recovery_codes: ["createRecoveryCodes"],
};

/** Those that are about what a provider has whether or not it is declared. */
const cases = identityProviderContract.filter(({ name }) => !name.startsWith("capabilities:"));

describe("a provider that has only what a case needs", () => {
  let harness: IdentityProviderHarness;
  beforeAll(async () => {
    harness = await startMemoryHarness({ refreshRotation: { graceSeconds: 60 } });
  });

  test.each<ContractCase>(cases)("is tried on: $name", async ({ needs, run }) => {
    const { identity } = harness;

    await run({ ...harness, identity: only(identity, needs), givenUser: () => signUp(harness) });
  });

  test("has each method of the port by one capability or the other", () => {
    const methods = Object.values(methodsOf).flat();

    expect([...new Set([...methods, "answerChallenge", "refresh", "signIn"])].sort()).toEqual(
      Object.keys(harness.identity)
        .filter((name) => !["capabilities", "clock", "setUp"].includes(name))
        .sort(),
    );
  });
});

/**
 * Capabilities of the provider under test that are no methods of their own but how the methods of others go, so that it
 * cannot be without them.
 */
const inseparable: Partial<Record<Capability, readonly Capability[]>> = {
  sign_up: ["confirmation_password"],
  password_change: ["password_change_keeps_session"],
};

/** Takes everything away from a provider that does not come with some capabilities. */
function only(identity: Identity, needs: readonly Capability[]): Identity {
  const { signIn, refresh, answerChallenge } = identity;
  const methods = needs.flatMap((capability) => methodsOf[capability]);
  const kept = Object.fromEntries(methods.map((name) => [name, identity[name]]));
  return completeIdentityProvider({
    capabilities: new Set(needs.flatMap((name) => [name, ...(inseparable[name] ?? [])])),
    signIn,
    refresh,
    answerChallenge,
    ...kept,
  });
}

/** Has a user who is there, though the provider under test may sign nobody up. */
async function signUp({ identity, codeFor }: IdentityProviderHarness) {
  const user = newEmailUser();
  await identity.signUp(user);
  const code = await codeFor(user.username, "sign_up_confirmation");
  await identity.confirmSignUp({ username: user.username, code });
  return user;
}

import { afterAll, beforeAll, expect, test } from "vitest";
import {
  ContractFailure,
  type IdentityProviderCaseName,
  type IdentityProviderHarness,
  identityProviderContract,
  type KnownLimits,
  planContract,
} from "../../../src/testing/index.ts";
import { startHarness } from "./harness.ts";

const oneSetUp = "this run has one provider, set up in one way";

const limits: KnownLimits<IdentityProviderCaseName> = {
  capabilities: [
    "totp_mfa",
    "sms_mfa",
    "email_mfa",
    "email_code_sign_in",
    "sms_code_sign_in",
    "session_list",
    "administration",
    "groups",
    "password_change_keeps_session",
    "confirmation_password",
    "challenge_code_resend",
  ],
  lacks: {
    clock: "time is real here",
    deliveries: "messages are not counted here",
    deliveryFaults: "every message goes out here",
    forcedReset: "the provider's own administration does that, and has cases of its own",
    spellings: "user names are written in one way here",
    publishedKeys: "the provider's keys are its own: none are requested",
    rotation: "refresh tokens are not replaced here",
    requiredMfa: oneSetUp,
    signUpApproval: oneSetUp,
    requiredAttribute: oneSetUp,
  },
  gaps: {},
};

let harness: IdentityProviderHarness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

for (const planned of planContract(identityProviderContract, limits)) {
  const { name, run } = planned.contractCase;
  if (planned.kind === "promise") {
    test(name, () => run(harness));
    continue;
  }
  const label = planned.kind === "gap" ? "gap" : "not run";
  test(`${label}: ${name} — ${planned.reason}`, async () => {
    await expect(run(harness)).rejects.toBeInstanceOf(ContractFailure);
  });
}

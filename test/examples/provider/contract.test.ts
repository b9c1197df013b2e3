import { afterAll, beforeAll, test } from "vitest";
import { identityProviderContract, runContract } from "../../../src/testing/index.ts";
import { startHarness } from "./harness.ts";

const oneSetUp = "this run has one provider, set up in one way";

runContract({ test, before: beforeAll, after: afterAll }, identityProviderContract, {
  setup: startHarness,
  limits: {
    capabilities: [
      "sign_up",
      "sign_out",
      "sign_out_everywhere",
      "password_recovery",
      "password_change",
      "profile",
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
      "recovery_codes",
    ],
    lacks: {
      clock: "time is real here",
      deliveries: "messages are not counted here",
      deliveryFaults: "every message goes out here",
      hashing: "the provider's hashes are its own to queue",
      forcedReset: "the provider's own administration does that, and has cases of its own",
      spellings: "user names are written in one way here",
      publishedKeys: "the provider's keys are its own: none are requested",
      rotation: "refresh tokens are not replaced here",
      requiredMfa: oneSetUp,
      signUpApproval: oneSetUp,
      requiredAttribute: oneSetUp,
    },
    gaps: {},
  },
});

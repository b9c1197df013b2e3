import { setImmediate } from "node:timers/promises";
import {
  createInterleaving,
  type MemoryIdentityProviderOptions,
} from "../../src/adapters/memory/index.ts";
import { capabilities } from "../../src/domain/capabilities.ts";
import { startMemoryHarness } from "./memory-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

const keepsTokens = { rotation: "refresh tokens are not replaced here" };

/** Approval has a provider of its own: see the control. */
const most = capabilities.filter((name) => name !== "sign_up_approval");

/** Races show where calls really come in between each other, round after round. */
async function startInterleaved(options: MemoryIdentityProviderOptions = {}) {
  const harness = await startMemoryHarness({
    pause: createInterleaving(7, setImmediate),
    ...options,
  });
  return { ...harness, raceRounds: 20 };
}

runIdentityProviderContract(
  "memory",
  () => startInterleaved({ refreshRotation: { graceSeconds: 60 } }),
  { capabilities: most },
);

runIdentityProviderContract("memory, keeping refresh tokens", () => startMemoryHarness(), {
  capabilities: most,
  lacks: keepsTokens,
});

runIdentityProviderContract(
  "memory, with passwords alone",
  () =>
    startMemoryHarness({
      mfa: "off",
      signInFactors: ["password"],
      customChallenge: undefined,
      passkeys: undefined,
    }),
  {
    capabilities: [
      "sign_up",
      "sign_out",
      "sign_out_everywhere",
      "password_recovery",
      "password_change",
      "profile",
      "session_list",
      "administration",
      "groups",
      "password_change_keeps_session",
      "confirmation_password",
      "challenge_code_resend",
    ],
    lacks: keepsTokens,
  },
);

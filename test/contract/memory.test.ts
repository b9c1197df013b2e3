import { startMemoryHarness } from "./memory-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

runIdentityProviderContract("memory", () =>
  startMemoryHarness({ refreshRotation: { graceSeconds: 60 } }),
);

runIdentityProviderContract("memory, keeping refresh tokens", () => startMemoryHarness(), {
  lacks: { rotation: "refresh tokens are not replaced here" },
});

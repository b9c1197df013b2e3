import type { Capability } from "../../src/domain/capabilities.ts";

/** The capabilities of the Cognito adapter on every pool. */
export const poolCapabilities = [
  "sign_up",
  "sign_out",
  "sign_out_everywhere",
  "password_recovery",
  "password_change",
  "profile",
] as const satisfies readonly Capability[];

import { afterAll, beforeAll, describe, test } from "vitest";
import {
  type IdentityProviderCaseName,
  type IdentityProviderHarness,
  identityProviderContract,
  type KnownLimits,
  runContract,
} from "../../src/testing/index.ts";

/** Runs the conformance suite of the identity provider port, one test for each case. */
export function runIdentityProviderContract(
  provider: string,
  setup: () => Promise<IdentityProviderHarness>,
  limits: KnownLimits<IdentityProviderCaseName> = {},
): void {
  const runner = { test, before: beforeAll, after: afterAll };
  describe(`contract: IdentityProvider / ${provider}`, () =>
    runContract(runner, identityProviderContract, { setup, limits }));
}

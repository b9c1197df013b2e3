import { afterAll, beforeAll, test } from "vitest";
import { identityProviderContract, runContract } from "../../../src/testing/index.ts";
import { startHarness } from "./harness.ts";
import { limits } from "./limits.ts";

runContract({ test, before: beforeAll, after: afterAll }, identityProviderContract, {
  setup: startHarness,
  limits,
});

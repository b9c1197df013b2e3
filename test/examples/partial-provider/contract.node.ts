import { after, before, test } from "node:test";
import { identityProviderContract, runContract } from "../../../src/testing/index.ts";
import { startHarness } from "./harness.ts";
import { limits } from "./limits.ts";

runContract({ test, before, after }, identityProviderContract, { setup: startHarness, limits });

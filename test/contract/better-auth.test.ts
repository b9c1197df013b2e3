import { betterAuthLimits, startSqliteHarness } from "./better-auth-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

runIdentityProviderContract("better-auth over SQLite", startSqliteHarness, betterAuthLimits);

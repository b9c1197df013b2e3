import { startSqliteHarness } from "./better-auth-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

const lacks = { rotation: "a refresh token is Better Auth's session token, which stays" };

runIdentityProviderContract("better-auth over SQLite", startSqliteHarness, { lacks });

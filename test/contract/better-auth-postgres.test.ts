import { describeWithPostgres } from "../support/postgres.ts";
import { createPostgresDatabase } from "../support/postgres-database.ts";
import { betterAuthLimits, startHarness } from "./better-auth-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

describeWithPostgres("on PostgreSQL", (server) => {
  runIdentityProviderContract("better-auth over PostgreSQL", start, betterAuthLimits);

  async function start() {
    const { url, drop } = await createPostgresDatabase(server);
    const harness = startHarness(url);
    // Here two calls really meet in the database.
    return { ...harness, raceRounds: 3, close: () => harness.close().then(drop) };
  }
});

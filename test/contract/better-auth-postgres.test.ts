import { createPostgresDatabase, describeWithPostgres } from "../support/postgres.ts";
import { betterAuthLacks, startHarness } from "./better-auth-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

describeWithPostgres("on PostgreSQL", (server) => {
  runIdentityProviderContract("better-auth over PostgreSQL", start, { lacks: betterAuthLacks });

  async function start() {
    const { url, drop } = await createPostgresDatabase(server);
    const harness = startHarness({ databaseUrl: url });
    return { ...harness, close: () => harness.close().then(drop) };
  }
});

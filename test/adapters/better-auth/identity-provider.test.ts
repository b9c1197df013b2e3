import { expect, test } from "vitest";
import { createBetterAuthIdentityProvider } from "../../../src/adapters/better-auth/index.ts";
import { secret } from "./support.ts";

const terms = { secret, sendMessage: () => undefined };

test("a database that answers is well", async () => {
  const { checkDatabase, close } = createBetterAuthIdentityProvider({
    ...terms,
    databaseUrl: "file::memory:",
  });

  await expect(checkDatabase()).resolves.toBeUndefined();
  await close();
});

test("a database that nobody answers for is not", async () => {
  const { checkDatabase, close } = createBetterAuthIdentityProvider({
    ...terms,
    databaseUrl: "postgres://postgres@127.0.0.1:2/postgres",
  });

  await expect(checkDatabase()).rejects.toMatchObject({ code: "provider_unavailable" });
  await close();
});

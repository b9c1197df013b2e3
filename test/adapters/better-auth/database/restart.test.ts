import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { ada, newPassword, outcomeOf, signIn, startWithAda } from "../support.ts";

describe("Better Auth over a file, after a restart", () => {
  test("lets a user in again", async () => {
    const { provider, start } = await startWithAda();
    await provider.close();

    const restarted = start();

    expect(await outcomeOf(restarted.identity.signIn(ada))).toBe("done");
  });

  test("goes on with sessions: their tokens verify, open the profile and refresh", async () => {
    const { provider, start } = await startWithAda();
    const { accessToken, refreshToken } = await signIn(provider);
    const before = await provider.tokens.verify(accessToken);
    await provider.close();

    const restarted = start();

    expect(await restarted.tokens.verify(accessToken)).toEqual(before);
    const profile = await restarted.identity.getProfile({ accessToken });
    expect(profile).toMatchObject({ subject: before.subject, attributes: { email: ada.username } });
    const refreshed = await restarted.identity.refresh({ refreshToken });
    const after = await restarted.tokens.verify(refreshed.accessToken);
    expect(after.subject).toBe(before.subject);
  });

  test("keeps ended sessions ended", async () => {
    const { provider, start } = await startWithAda();
    const { accessToken, refreshToken } = await signIn(provider);
    await provider.identity.signOut({ refreshToken });
    await provider.close();

    const { identity } = start();

    expect(await outcomeOf(identity.getProfile({ accessToken }))).toBe("token_revoked");
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
  });

  test("takes a code that was sent before, once", async () => {
    const { provider, start, lastCode } = await startWithAda();
    await provider.identity.startPasswordReset(ada);
    await provider.close();
    const { identity } = start();
    const reset = { username: ada.username, code: lastCode(), newPassword };

    expect(await outcomeOf(identity.resetPassword(reset))).toBe("done");
    expect(await outcomeOf(identity.resetPassword(reset))).toBe("code_expired");
  });

  test("keeps an account locked", async () => {
    const { provider, start, clock } = await startWithAda();
    const wrong = { username: ada.username, password: newPassword };
    for (let times = 0; times < 5; times += 1) await outcomeOf(provider.identity.signIn(wrong));
    await provider.close();

    const { identity } = start();

    expect(await outcomeOf(identity.signIn(ada))).toBe("too_many_attempts");
    clock.advance(2);
    expect(await outcomeOf(identity.signIn(ada))).toBe("done");
  });

  test("adds the columns that the tables of an older version lack", async () => {
    const { path, provider, start } = await startWithAda();
    await provider.close();
    const database = new DatabaseSync(path);
    database.exec("ALTER TABLE account DROP COLUMN porticoPassword");
    database.exec("ALTER TABLE porticoState DROP COLUMN expendable");
    database.close();

    const { identity } = start();

    expect(await outcomeOf(identity.signIn(ada))).toBe("done");
    const stranger = { ...ada, username: "stranger@example.com" };
    expect(await outcomeOf(identity.signIn(stranger))).toBe("invalid_credentials");
  });

  test("says that it is set up wrongly when the secret is another one", async () => {
    const { provider, start } = await startWithAda();
    const { refreshToken } = await signIn(provider);
    await provider.close();

    const { identity } = start({ secret: "another secret of thirty-two characters" });

    expect(await outcomeOf(identity.signIn(ada))).toBe("provider_misconfigured");
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
  });

  test("says that it is set up wrongly or unreachable when the file cannot be opened", async () => {
    const { start } = await startWithAda();

    const { identity, tokens } = start({ databaseUrl: "file:/nowhere/users.db" });

    expect(await outcomeOf(identity.signIn(ada))).toBe("provider_unavailable");
    expect(await outcomeOf(tokens.verify("a.b.c"))).toBe("invalid_token");
  });
});

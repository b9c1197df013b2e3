import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { ada, outcomeOf, signIn, startWithAda } from "../support.ts";

describe("refreshing with Better Auth", () => {
  test("ends where the token was invented, or its user is disabled or gone", async () => {
    const { identity, provider } = await startWithAda();
    const { refreshToken } = await signIn(provider);
    const refresh = (token = refreshToken) => outcomeOf(identity.refresh({ refreshToken: token }));

    const ends = [await refresh(), await refresh("invented")];
    await identity.disableUser(ada);
    ends.push(await refresh());
    await identity.deleteUser(ada);
    ends.push(await refresh());

    expect(ends).toEqual(["done", ...Array(3).fill("invalid_refresh_token")]);
  });

  test("ends where Better Auth beside us has banned the user, whose sessions go on", async () => {
    const { identity, provider, path } = await startWithAda();
    const { refreshToken } = await signIn(provider);
    const database = new DatabaseSync(path);
    database.exec("UPDATE user SET banned = 1");
    const banned = await outcomeOf(identity.refresh({ refreshToken }));
    database.exec("UPDATE user SET banned = 0");
    database.close();

    expect([banned, await outcomeOf(identity.refresh({ refreshToken }))]).toEqual([
      "invalid_refresh_token",
      "done",
    ]);
  });
});

describe("signing out with Better Auth", () => {
  test("ends the session of the refresh token alone, and is no error when it is repeated", async () => {
    const { identity, provider } = await startWithAda();
    const { refreshToken } = await signIn(provider);
    const other = await signIn(provider);
    const signOut = (token: string) => outcomeOf(identity.signOut({ refreshToken: token }));

    const ends = [await signOut(refreshToken), await signOut(refreshToken), await signOut("none")];

    expect(ends).toEqual(["done", "done", "done"]);
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
    expect(await outcomeOf(identity.refresh(other))).toBe("done");
  });

  test("takes no access token in its place", async () => {
    const { identity, provider } = await startWithAda();
    const { accessToken, refreshToken } = await signIn(provider);

    const signOut = identity.signOut({ refreshToken: accessToken });

    expect(await outcomeOf(signOut)).toBe("unsupported_token_type");
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("done");
  });

  test("everywhere ends all sessions of the user, and of nobody else", async () => {
    const { identity, provider, lastCode } = await startWithAda();
    const first = await signIn(provider);
    const { accessToken, refreshToken } = await signIn(provider);
    const bob = { ...ada, username: "bob@example.com" };
    await identity.signUp(bob);
    await identity.confirmSignUp({ ...bob, code: lastCode() });
    const stranger = await identity.signIn(bob);

    await identity.signOutEverywhere({ accessToken });

    for (const token of [first.refreshToken, refreshToken])
      expect(await outcomeOf(identity.refresh({ refreshToken: token }))).toBe(
        "invalid_refresh_token",
      );
    const tokens = stranger.status === "signed_in" ? stranger.tokens : undefined;
    expect(await outcomeOf(identity.refresh({ refreshToken: tokens?.refreshToken ?? "" }))).toBe(
      "done",
    );
  });
});

describe("sessions with Better Auth", () => {
  test("are listed with when they were begun and last active, in whole seconds", async () => {
    const { identity, provider, clock } = await startWithAda();
    clock.advance(0.7);
    const { accessToken, refreshToken } = await signIn(provider);
    const began = Math.floor(clock.now() / 1000);
    clock.advance(20);
    await identity.refresh({ refreshToken });

    const { items } = await identity.listSessions({ accessToken, limit: 60 });

    const times = { createdAt: began, lastActiveAt: began + 20 };
    expect(items).toEqual([{ id: expect.any(String), ...times, isCurrent: true }]);
  });
});

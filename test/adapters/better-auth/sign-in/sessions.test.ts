import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { writeCursor } from "../../../../src/adapters/shared/cursor.ts";
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
    const admitted = await outcomeOf(identity.refresh({ refreshToken }));
    database.exec("PRAGMA foreign_keys = OFF; DELETE FROM user");
    database.close();

    expect([banned, admitted, await outcomeOf(identity.refresh({ refreshToken }))]).toEqual([
      "invalid_refresh_token",
      "done",
      "invalid_refresh_token",
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

  test("are listed a page at a time, those of one moment too, to the last of them", async () => {
    const { identity, provider, clock } = await startWithAda();
    const ids: string[] = [];
    for (const seconds of [1, 0, 0, 1]) {
      clock.advance(seconds);
      await signIn(provider);
    }
    const { accessToken } = await signIn(provider);
    let cursor: string | undefined;
    let pages = 0;
    do {
      const page = { accessToken, limit: 1, ...(cursor !== undefined && { cursor }) };
      const { items, cursor: next } = await identity.listSessions(page);
      ids.push(...items.map(({ id }) => id));
      cursor = next;
      pages += 1;
    } while (cursor !== undefined && pages < 10);
    const { items } = await identity.listSessions({ accessToken, limit: 60 });

    expect(ids).toHaveLength(5);
    expect(new Set(ids)).toEqual(new Set(items.map(({ id }) => id)));
  });

  test.each<[string, readonly unknown[], string]>([
    ["a moment, the first that there is", [0, null], "done"],
    ["a session of a moment", [0, "id"], "done"],
    ["the last millisecond that databases compare", [Date.UTC(9999, 11, 31) - 1, "id"], "done"],
    ["a time that they do not", [Date.UTC(9999, 11, 31), "id"], "validation_failed"],
    ["a time before there was any", [-1, null], "validation_failed"],
    ["a text for a time", ["1", null], "validation_failed"],
    ["a text for a time, and an id", ["1", "id"], "validation_failed"],
    ["a number for an id", [1, 1], "validation_failed"],
    ["no id at all", [1], "validation_failed"],
    ["an id that PostgreSQL does not take", [1, "a\0b"], "validation_failed"],
  ])("are listed from %s", async (_what, place, outcome) => {
    const { identity, provider } = await startWithAda();
    const { accessToken } = await signIn(provider);
    const cursor = writeCursor(place);

    const list = identity.listSessions({ accessToken, limit: 1, cursor });

    expect(await outcomeOf(list)).toBe(outcome);
  });

  test("are listed from where a cursor says, and not from the beginning", async () => {
    const { identity, provider, clock } = await startWithAda();
    const { accessToken } = await signIn(provider);
    const now = clock.now();
    const from = async (...place: readonly unknown[]) => {
      const page = { accessToken, limit: 1, cursor: writeCursor(place) };
      return (await identity.listSessions(page)).items.length;
    };

    expect([await from(now, null), await from(now + 1, null)]).toEqual([0, 1]);
    expect([await from(now, ""), await from(now, "~"), await from(now - 1, "")]).toEqual([1, 0, 0]);
  });
});

import { describe, expect, test } from "vitest";
import { describeWithPostgres } from "../../../support/postgres.ts";
import { createPostgresDatabase } from "../../../support/postgres-database.ts";
import {
  ada,
  challengeOf,
  createDatabaseFile,
  newPassword,
  outcomeOf,
  type Provider,
  type SharedDatabase,
  sharedDatabase,
  signIn,
  startWithAdaOn,
} from "../support.ts";
import { enrolTotp } from "../totp-app.ts";

describe("Better Auth, when two processes share a SQLite file", () => {
  defineCases(createDatabaseFile);
});

describeWithPostgres("Better Auth, when two processes share PostgreSQL", (server) => {
  defineCases(async () => {
    const { url, drop } = await createPostgresDatabase(server);
    return sharedDatabase(url, drop);
  });
});

function defineCases(createDatabase: () => Promise<SharedDatabase>): void {
  test("starts in both at once, and makes the tables once", async () => {
    const { start } = await createDatabase();
    const providers = [start(), start()];

    const outcomes = await Promise.all(
      providers.map(({ identity }, index) =>
        outcomeOf(identity.signUp({ ...ada, username: `ada${index}@example.com` })),
      ),
    );

    expect(outcomes).toEqual(["done", "done"]);
  });

  test("lets one of many sign-ups under one name succeed, and sends one code", async () => {
    const { start, sent } = await createDatabase();

    const outcomes = await inBoth([start(), start()], ({ identity }) => identity.signUp(ada));

    expect(outcomes).toEqual(["done", ...repeated("username_taken", 49)]);
    expect(sent).toHaveLength(1);
  });

  test("lets one of many users have a new address, and says so to the others", async () => {
    const { provider, start } = await startWithAdaOn(await createDatabase());
    const other = start();
    const names = ["bob@example.com", "carol@example.com", "dan@example.com", "eve@example.com"];
    for (const username of names) await other.identity.createUser({ username, attributes: {} });
    const attributes = { email: "countess@example.com" };

    const outcomes = await Promise.all(
      names.map((username, index) =>
        outcomeOf((index % 2 ? other : provider).identity.updateUser({ username, attributes })),
      ),
    );

    expect(outcomes.toSorted()).toEqual([...repeated("alias_taken", 3), "done"]);
  });

  test("takes a reset code once of many times", async () => {
    const { provider, start, lastCode } = await startWithAdaOn(await createDatabase());
    await provider.identity.startPasswordReset(ada);
    const reset = { username: ada.username, code: lastCode(), newPassword };

    const outcomes = await inBoth([provider, start()], ({ identity }) =>
      identity.resetPassword(reset),
    );

    expect(outcomes).toEqual([...repeated("code_expired", 49), "done"]);
  });

  test("counts wrong codes together", async () => {
    const { provider, start, lastCode } = await startWithAdaOn(await createDatabase());
    await provider.identity.startPasswordReset(ada);
    const code = lastCode() === "000000" ? "000001" : "000000";
    const guess = { username: ada.username, code, newPassword };

    const outcomes = await inBoth([provider, start()], ({ identity }) =>
      identity.resetPassword(guess),
    );

    expect(outcomes).toEqual([
      ...repeated("code_mismatch", 5),
      ...repeated("too_many_attempts", 45),
    ]);
  });

  test("counts wrong passwords together", async () => {
    const { provider, start } = await startWithAdaOn(await createDatabase());
    const guess = { username: ada.username, password: newPassword };

    const outcomes = await inBoth([provider, start()], ({ identity }) => identity.signIn(guess));

    expect(outcomes).toEqual([
      ...repeated("invalid_credentials", 5),
      ...repeated("too_many_attempts", 45),
    ]);
  });

  test("takes the answer to a challenge, and each code of an app, once of many times", async () => {
    const { provider, start, clock } = await startWithAdaOn(await createDatabase());
    const app = await enrolTotp(provider, await signIn(provider), clock);
    clock.advance(60);
    const { session } = challengeOf(await provider.identity.signIn(ada));
    const answer = { type: "totp", code: await app.code() } as const;

    const outcomes = await inBoth([provider, start()], ({ identity }) =>
      identity.answerChallenge({ session, answer }),
    );

    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
  });

  test("takes each recovery code once, whichever sign-in shows it where", async () => {
    const { provider, start, clock } = await startWithAdaOn(await createDatabase());
    const tokens = await signIn(provider);
    await enrolTotp(provider, tokens, clock);
    const [first = "", second = ""] = await provider.identity.createRecoveryCodes(tokens);
    const both = [provider, start()];
    const sessions: string[] = [];
    while (sessions.length < 2)
      sessions.push(challengeOf(await provider.identity.signIn(ada)).session);
    const show = (session: string | undefined, code: string, { identity }: Provider) =>
      outcomeOf(
        identity.answerChallenge({
          session: session ?? "",
          answer: { type: "recovery_code", code },
        }),
      );

    const same = await Promise.all(both.map((one, index) => show(sessions[index], first, one)));
    clock.advance(60);
    const others: string[] = [];
    while (others.length < 2) others.push(challengeOf(await provider.identity.signIn(ada)).session);
    const [used] = await Promise.all([
      show(others[0], second, provider),
      ...both.map((one) => show(others[1], first, one)),
    ]);

    expect(same.toSorted()).toEqual(["code_mismatch", "done"]);
    expect(used).toBe("done");
    const { recoveryCodesLeft } = await provider.identity.getMfa(tokens);
    expect(recoveryCodesLeft).toBe(8);
  });

  test("ends a session in both", async () => {
    const { provider, start } = await startWithAdaOn(await createDatabase());
    const other = start();
    const { accessToken, refreshToken } = await signIn(provider);
    await other.identity.getProfile({ accessToken });

    await provider.identity.signOut({ refreshToken });

    expect(await outcomeOf(other.identity.getProfile({ accessToken }))).toBe("token_revoked");
    expect(await outcomeOf(other.identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
  });
}

/** Makes fifty calls at once, half of them in each process, and sorts how they end. */
async function inBoth(
  providers: readonly Provider[],
  call: (provider: Provider) => Promise<unknown>,
): Promise<string[]> {
  // Else the first has done its part before the second has opened the database.
  for (const { identity } of providers) await identity.listUsers({ limit: 1 });
  const calls = Array.from({ length: 25 }, () => providers).flat();
  const outcomes = await Promise.all(calls.map((provider) => outcomeOf(call(provider))));
  return outcomes.toSorted();
}

function repeated(outcome: string, times: number): string[] {
  return Array.from({ length: times }, () => outcome);
}

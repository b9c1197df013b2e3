import { describe, expect, test } from "vitest";
import { stepsOf } from "../../../src/adapters/better-auth/totp.ts";
import {
  ada,
  challengeOf,
  createDatabaseFile,
  newPassword,
  outcomeOf,
  type Provider,
  signIn,
  startWithAda,
} from "./support.ts";
import { enrolTotp } from "./totp-app.ts";

describe("Better Auth, when two processes share a database", () => {
  test("starts in both at once, and makes the tables once", async () => {
    const { start } = await createDatabaseFile();
    const providers = [start(), start()];

    const outcomes = await Promise.all(
      providers.map(({ identity }, index) =>
        outcomeOf(identity.signUp({ ...ada, username: `ada${index}@example.com` })),
      ),
    );

    expect(outcomes).toEqual(["done", "done"]);
  });

  test("lets one of many sign-ups under one name succeed, and sends one code", async () => {
    const { start, sent } = await createDatabaseFile();

    const outcomes = await inBoth([start(), start()], ({ identity }) => identity.signUp(ada));

    expect(outcomes).toEqual(["done", ...repeated("username_taken", 49)]);
    expect(sent).toHaveLength(1);
  });

  test("takes a reset code once of many times", async () => {
    const { provider, start, lastCode } = await startWithAda();
    await provider.identity.startPasswordReset(ada);
    const reset = { username: ada.username, code: lastCode(), newPassword };

    const outcomes = await inBoth([provider, start()], ({ identity }) =>
      identity.resetPassword(reset),
    );

    expect(outcomes).toEqual([...repeated("code_expired", 49), "done"]);
  });

  test("counts wrong codes together", async () => {
    const { provider, start, lastCode } = await startWithAda();
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
    const { provider, start } = await startWithAda();
    const guess = { username: ada.username, password: newPassword };

    const outcomes = await inBoth([provider, start()], ({ identity }) => identity.signIn(guess));

    expect(outcomes).toEqual([
      ...repeated("invalid_credentials", 5),
      ...repeated("too_many_attempts", 45),
    ]);
  });

  test("takes the answer to a challenge, and each code of an app, once of many times", async () => {
    const { provider, start, clock } = await startWithAda();
    const app = await enrolTotp(provider, await signIn(provider), clock);
    clock.advance(60);
    const { session } = challengeOf(await provider.identity.signIn(ada));
    const answer = { type: "totp", code: await app.code() } as const;

    const outcomes = await inBoth([provider, start()], ({ identity }) =>
      identity.answerChallenge({ session, answer }),
    );

    expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
  });

  test("ends a session in both", async () => {
    const { provider, start } = await startWithAda();
    const other = start();
    const { accessToken, refreshToken } = await signIn(provider);
    await other.identity.getProfile({ accessToken });

    await provider.identity.signOut({ refreshToken });

    expect(await outcomeOf(other.identity.getProfile({ accessToken }))).toBe("token_revoked");
    expect(await outcomeOf(other.identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
  });

  test("finds the codes of an app on the vectors of RFC 6238", async () => {
    const seed = new TextEncoder().encode("12345678901234567890");

    expect(await stepsOf("287082", seed, 59_000)).toEqual([1]);
    expect(await stepsOf("081804", seed, 1_111_111_109_000)).toEqual([37_037_036]);
    expect(await stepsOf("050471", seed, 1_111_111_111_000)).toEqual([37_037_037]);
    expect(await stepsOf("287083", seed, 59_000)).toEqual([]);
  });
});

/** Makes fifty calls at once, half of them in each process, and sorts how they end. */
async function inBoth(
  providers: readonly Provider[],
  call: (provider: Provider) => Promise<unknown>,
): Promise<string[]> {
  const calls = Array.from({ length: 25 }, () => providers).flat();
  const outcomes = await Promise.all(calls.map((provider) => outcomeOf(call(provider))));
  return outcomes.toSorted();
}

function repeated(outcome: string, times: number): string[] {
  return Array.from({ length: times }, () => outcome);
}

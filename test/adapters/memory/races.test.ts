import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import {
  ada,
  countOutcomes,
  createProvider,
  lastCode,
  newPassword,
  otherCode,
  outcomeOf,
  signIn,
  signUpAndIn,
  signUpConfirmed,
  type TestProvider,
} from "./support.ts";

const callers = 50;
const rounds = Array.from({ length: 20 }, (_, index) => index + 1);

/** A scheduler that lets others run for a few turns, never the same number, but the same in each run of a test. */
function pausing(seed: number): () => Promise<void> {
  let state = seed;
  return async () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    for (let turns = (state >> 16) % 4; turns > 0; turns -= 1) await setImmediate();
  };
}

function userOf(round: number) {
  return { ...ada, username: `ada+${round}@example.com` };
}

describe("fifty callers at once", () => {
  it("get one account and one message between them, however they spell the name", async () => {
    const provider = createProvider({ pause: pausing(1) });

    for (const round of rounds) {
      const { username } = userOf(round);
      const spellings = [username, username.toUpperCase(), `A${username.slice(1)}`];
      const counts = await countOutcomes(callers, (index) =>
        provider.identity.signUp({ ...ada, username: spellings[index % 3] ?? username }),
      );

      expect(counts).toEqual({ done: 1, username_taken: callers - 1 });
      expect(provider.outbox.messagesFor(username)).toHaveLength(1);
    }
  });

  it("confirm with one code once", async () => {
    const provider = createProvider({ pause: pausing(2) });

    for (const round of rounds) {
      const { username } = userOf(round);
      await provider.identity.signUp(userOf(round));
      const code = lastCode(provider, username);

      const counts = await countOutcomes(callers, () =>
        provider.identity.confirmSignUp({ username, code }),
      );

      expect(counts).toEqual({ done: 1, already_confirmed: callers - 1 });
    }
  });

  it("reset with one code once, and the password is the one of whoever did", async () => {
    const provider = createProvider({ pause: pausing(3) });

    for (const round of rounds) {
      const { username } = userOf(round);
      await signUpConfirmed(provider, userOf(round));
      await provider.identity.startPasswordReset({ username });
      const code = lastCode(provider, username, "password_reset");
      const winners: string[] = [];
      const counts = await countOutcomes(callers, async (index) => {
        const password = `${newPassword}-${index}`;
        await provider.identity.resetPassword({ username, code, newPassword: password });
        winners.push(password);
      });

      expect(counts).toEqual({ done: 1, code_expired: callers - 1 });
      expect(winners).toHaveLength(1);
      await provider.identity.signIn({ username, password: winners[0] ?? "" });
    }
  });

  it("get five wrong codes compared, and then not even the right one", async () => {
    const provider = createProvider({ pause: pausing(4) });

    for (const round of rounds) {
      const { username } = userOf(round);
      await provider.identity.signUp(userOf(round));
      const code = lastCode(provider, username);

      const { code_mismatch, ...refused } = await countOutcomes(callers, () =>
        provider.identity.confirmSignUp({ username, code: otherCode(code) }),
      );

      expect(code_mismatch).toBe(5);
      expect(Object.keys(refused).every((outcome) => outcome.startsWith("too_many"))).toBe(true);
      const right = await outcomeOf(provider.identity.confirmSignUp({ username, code }));
      expect(right).toMatch("too_many_attempts");
    }
  });

  it("get five wrong passwords compared", async () => {
    const provider = createProvider({ pause: pausing(5) });

    for (const round of rounds) {
      await signUpConfirmed(provider, userOf(round));

      const counts = await countOutcomes(callers, (index) =>
        provider.identity.signIn({ ...userOf(round), password: `wrong ${index}` }),
      );

      expect(counts).toEqual({ invalid_credentials: 5, "too_many_attempts for 1 s": callers - 5 });
    }
  });

  it("get five codes sent anew, and the last of them is good", async () => {
    const provider = createProvider({ pause: pausing(6) });

    for (const round of rounds) {
      const { username } = userOf(round);
      await provider.identity.signUp(userOf(round));

      const { done } = await countOutcomes(callers, () =>
        provider.identity.resendConfirmation({ username }),
      );

      expect(done).toBe(5);
      expect(provider.outbox.messagesFor(username)).toHaveLength(6);
      const code = lastCode(provider, username);
      await provider.identity.confirmSignUp({ username, code });
    }
  });
});

describe("fifty refreshes of one token at once, with rotation", () => {
  it("get one and the same replacement within the grace", async () => {
    const provider = createProvider({ pause: pausing(7), refreshRotation: { graceSeconds: 10 } });

    for (const round of rounds) {
      const { refreshToken } = await signUpAndIn(provider, userOf(round));
      const replacements = new Set<string | undefined>();

      await countOutcomes(callers, async () => {
        replacements.add((await provider.identity.refresh({ refreshToken })).refreshToken);
      });

      expect(replacements.size).toBe(1);
    }
  });

  it("leave no token alive without a grace", async () => {
    const provider = createProvider({ pause: pausing(8), refreshRotation: { graceSeconds: 0 } });

    for (const round of rounds) {
      const { refreshToken } = await signUpAndIn(provider, userOf(round));
      const replacements: string[] = [];

      const counts = await countOutcomes(callers, async () => {
        const refreshed = await provider.identity.refresh({ refreshToken });
        replacements.push(refreshed.refreshToken ?? "");
      });

      expect(counts).toEqual({ done: 1, refresh_token_reused: callers - 1 });
      const [child = ""] = replacements;
      const late = await outcomeOf(provider.identity.refresh({ refreshToken: child }));
      expect(late).toBe("invalid_refresh_token");
    }
  });
});

describe("while others are at work", () => {
  it("a sign-out that is done leaves no refresh and no access token alive", async () => {
    const provider = createProvider({ pause: pausing(9), refreshRotation: { graceSeconds: 10 } });

    for (const round of rounds) {
      const { refreshToken } = await signUpAndIn(provider, userOf(round));
      const refreshes = Array.from({ length: callers }, () =>
        provider.identity.refresh({ refreshToken }),
      );
      const underWay = Promise.allSettled(refreshes);

      await provider.identity.signOut({ refreshToken });

      await expectDead(provider, refreshToken);
      for (const settled of await underWay) {
        if (settled.status === "rejected") continue;
        const { accessToken, refreshToken: replacement } = settled.value;
        await expectDead(provider, replacement ?? "");
        const profile = await outcomeOf(provider.identity.getProfile({ accessToken }));
        expect(profile).toBe("token_revoked");
      }
    }
  });

  it("a sign-out everywhere that is done leaves no session alive that was there before", async () => {
    const provider = createProvider({ pause: pausing(10) });

    for (const round of rounds) {
      const { accessToken, refreshToken } = await signUpAndIn(provider, userOf(round));
      const other = await signIn(provider, userOf(round));
      const underWay = countOutcomes(callers, () => provider.identity.refresh(other));

      await provider.identity.signOutEverywhere({ accessToken });

      await expectDead(provider, refreshToken);
      await expectDead(provider, other.refreshToken);
      await underWay;
    }
  });

  it("a reset that is done leaves the old password dead", async () => {
    const provider = createProvider({ pause: pausing(11) });

    for (const round of rounds) {
      const user = userOf(round);
      await signUpConfirmed(provider, user);
      await provider.identity.startPasswordReset(user);
      const code = lastCode(provider, user.username, "password_reset");
      const underWay = countOutcomes(callers, () => provider.identity.signIn(user));

      await provider.identity.resetPassword({ ...user, code, newPassword });

      const late = await outcomeOf(provider.identity.signIn(user));
      expect(["invalid_credentials", "too_many_attempts for 1 s"]).toContain(late);
      await underWay;
    }
  });

  it("one of many password changes goes through, and its password is the one that works", async () => {
    const provider = createProvider({
      pause: pausing(12),
      limits: { passwordChangesPerHour: callers },
    });

    for (const round of rounds) {
      const user = userOf(round);
      const { accessToken } = await signUpAndIn(provider, user);
      const winners: string[] = [];
      const { done } = await countOutcomes(callers, async (index) => {
        const change = { accessToken, currentPassword: user.password };
        await provider.identity.changePassword({
          ...change,
          newPassword: `${newPassword}${index}`,
        });
        winners.push(`${newPassword}${index}`);
      });

      expect(done).toBe(1);
      provider.clock.advance(1);
      await provider.identity.signIn({ ...user, password: winners[0] ?? "" });
    }
  });

  it("a deleted account is not brought back by whoever was changing it", async () => {
    const provider = createProvider({ pause: pausing(13) });

    for (const round of rounds) {
      const user = userOf(round);
      const { accessToken } = await signUpAndIn(provider, user);
      const change = { accessToken, currentPassword: user.password, newPassword };
      const underWay = countOutcomes(callers, () => provider.identity.changePassword(change));

      await provider.identity.deleteAccount({ accessToken });

      await underWay;
      const fresh = await provider.identity.signUp(user);
      expect(fresh.status).toBe("confirmation_required");
    }
  });
});

async function expectDead({ identity }: TestProvider, refreshToken: string): Promise<void> {
  expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
}

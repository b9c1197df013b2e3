import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createInterleaving } from "../../../../src/adapters/memory/index.ts";
import { appCode, signUpWithApp } from "../second-factor-support.ts";
import {
  ada,
  challengeOf,
  countOutcomes,
  createProvider,
  lastCode,
  newPassword,
  otherCode,
  outcomeOf,
  signIn,
  signUpAndIn,
  signUpConfirmed,
} from "../support.ts";

const callers = 50;
const rounds = Array.from({ length: 20 }, (_, index) => index + 1);

function userOf(round: number) {
  return { ...ada, username: `ada+${round}@example.com` };
}

const byEmail = (round: number) =>
  ({ username: userOf(round).username, factor: "email_code" }) as const;

describe("fifty answers at once", () => {
  it("to one challenge lead to one session", async () => {
    const provider = createProvider({ pause: createInterleaving(1, setImmediate) });

    for (const round of rounds) {
      const user = userOf(round);
      await signUpConfirmed(provider, user);
      const { session } = await challengeOf(provider.identity.signIn(byEmail(round)), "email_code");
      const code = lastCode(provider, user.username, "sign_in_code");
      const answer = { type: "email_code", code } as const;

      const counts = await countOutcomes(callers, () =>
        provider.identity.answerChallenge({ session, answer }),
      );

      expect(counts).toEqual({ done: 1, challenge_expired: callers - 1 });
      const { accessToken } = await signIn(provider, user);
      const { items } = await provider.identity.listSessions({ accessToken, limit: 60 });
      expect(items).toHaveLength(2);
    }
  });

  it("with wrong codes get five compared, and then not even the right one", async () => {
    const provider = createProvider({ pause: createInterleaving(2, setImmediate) });

    for (const round of rounds) {
      const user = userOf(round);
      await signUpConfirmed(provider, user);
      const { session } = await challengeOf(provider.identity.signIn(byEmail(round)), "email_code");
      const code = lastCode(provider, user.username, "sign_in_code");
      const answer = (text: string) =>
        provider.identity.answerChallenge({ session, answer: { type: "email_code", code: text } });

      const counts = await countOutcomes(callers, () => answer(otherCode(code)));

      expect(counts).toEqual({ code_mismatch: 5, "too_many_attempts for 180 s": callers - 5 });
      expect(await outcomeOf(answer(code))).toMatch("too_many_attempts");
    }
  });

  it("with one code of an authenticator app, in as many sign-ins, let one of them in", async () => {
    const pause = createInterleaving(3, setImmediate);
    const { provider, secret } = await signUpWithApp(createProvider({ pause }));

    for (const round of rounds) {
      provider.clock.advance(60);
      const code = await appCode(provider, secret);
      const sessions = await Promise.all(
        Array.from({ length: callers }, async () => {
          const { session } = await challengeOf(provider.identity.signIn(ada), "totp");
          return session;
        }),
      );

      const counts = await countOutcomes(callers, (index) =>
        provider.identity.answerChallenge({
          session: sessions[index] ?? "",
          answer: { type: "totp", code },
        }),
      );

      expect(counts, `round ${round}`).toEqual({ done: 1, code_mismatch: callers - 1 });
    }
  });

  it("to an invitation set one password", async () => {
    const provider = createProvider({ pause: createInterleaving(4, setImmediate) });
    const { identity } = provider;

    for (const round of rounds) {
      const { username } = userOf(round);
      await identity.createUser({ username, attributes: {} });
      const temporary = lastCode(provider, username, "invitation");
      const { session } = await challengeOf(
        identity.signIn({ username, password: temporary }),
        "new_password",
      );
      const winners: string[] = [];

      const counts = await countOutcomes(callers, async (index) => {
        const password = `${newPassword}-${index}`;
        const answer = { type: "new_password", newPassword: password, attributes: {} } as const;
        await identity.answerChallenge({ session, answer });
        winners.push(password);
      });

      expect(counts).toEqual({ done: 1, challenge_expired: callers - 1 });
      expect(await outcomeOf(identity.signIn({ username, password: winners[0] ?? "" }))).toBe(
        "done",
      );
    }
  });
});

describe("while others are at work", () => {
  it("a reset that is done leaves no sign-in alive that was begun with the old password", async () => {
    const pause = createInterleaving(5, setImmediate);
    const { provider, secret } = await signUpWithApp(createProvider({ pause }));
    const { identity } = provider;
    const { username } = ada;
    let { password } = ada;

    for (const round of rounds) {
      provider.clock.advance(3600);
      const { session } = await challengeOf(identity.signIn({ username, password }), "totp");
      await identity.startPasswordReset({ username });
      const code = lastCode(provider, username, "password_reset");
      password = `${newPassword}-${round}`;

      await identity.resetPassword({ username, code, newPassword: password });

      const answer = { type: "totp", code: await appCode(provider, secret) } as const;
      expect(await outcomeOf(identity.answerChallenge({ session, answer }))).toBe(
        "challenge_expired",
      );
    }
  });

  it("one of many who prove the same new address gets it", async () => {
    const rivals = 10;
    const provider = createProvider({
      pause: createInterleaving(6, setImmediate),
      limits: { unprovenAddressesPerHour: rivals },
    });
    const { identity } = provider;

    for (const round of rounds.slice(0, 5)) {
      const email = `wanted+${round}@example.com`;
      const users = Array.from({ length: rivals }, (_, index) => userOf(round * 100 + index));
      const proofs = await Promise.all(
        users.map(async (user) => {
          const { accessToken } = await signUpAndIn(provider, user);
          await identity.updateAttributes({ accessToken, attributes: { email } });
          const code = lastCode(provider, user.username, "attribute_verification");
          return { accessToken, code, attribute: "email" };
        }),
      );

      const counts = await countOutcomes(rivals, (index) =>
        identity.confirmAttribute(proofs[index] ?? { accessToken: "", code: "", attribute: "" }),
      );

      expect(counts).toEqual({ done: 1, alias_taken: rivals - 1 });
    }
  });

  it("fifty accounts of one name make one", async () => {
    const provider = createProvider({ pause: createInterleaving(7, setImmediate) });

    for (const round of rounds) {
      const { username } = userOf(round);
      const counts = await countOutcomes(callers, (index) =>
        index % 2 === 0
          ? provider.identity.createUser({ username, attributes: {} })
          : provider.identity.signUp(userOf(round)),
      );

      expect(counts).toEqual({ done: 1, username_taken: callers - 1 });
      expect(provider.outbox.messagesFor(username)).toHaveLength(1);
    }
  });
});

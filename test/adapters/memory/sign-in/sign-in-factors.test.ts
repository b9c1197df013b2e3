import { describe, expect, it } from "vitest";
import type { CustomChallenge } from "../../../../src/adapters/memory/index.ts";
import { signUpWithApp } from "../second-factor-support.ts";
import {
  ada,
  challengeOf,
  createProvider,
  lastCode,
  otherCode,
  outcomeOf,
  outcomesOf,
  signUpConfirmed,
  tokensOf,
} from "../support.ts";

const byEmail = { username: ada.username, factor: "email_code" } as const;

describe("signing in with a code by mail", () => {
  it("takes eight digits in place of the password, once", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const { session, delivery } = await challengeOf(
      provider.identity.signIn(byEmail),
      "email_code",
    );
    const code = lastCode(provider, ada.username, "sign_in_code");
    const answer = { type: "email_code", code } as const;

    const tokens = await tokensOf(provider.identity.answerChallenge({ session, answer }));
    const again = await outcomeOf(provider.identity.answerChallenge({ session, answer }));

    expect(code).toMatch(/^\d{8}$/);
    expect(delivery).toEqual({ medium: "email", destination: "a***@e***" });
    expect(tokens.refreshToken).toBeDefined();
    expect(again).toBe("challenge_expired");
  });

  it("confirms a sign-up and proves the address", async () => {
    const provider = createProvider();
    await provider.identity.signUp(ada);
    const { session } = await challengeOf(provider.identity.signIn(byEmail), "email_code");
    const code = lastCode(provider, ada.username, "sign_in_code");
    const answer = { type: "email_code", code } as const;

    await tokensOf(provider.identity.answerChallenge({ session, answer }));

    const record = await provider.identity.getUser({ username: ada.username });
    expect(record).toMatchObject({ status: "confirmed", attributes: { email_verified: true } });
  });

  it("takes five wrong codes, and then not even the right one", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const { session } = await challengeOf(provider.identity.signIn(byEmail), "email_code");
    const code = lastCode(provider, ada.username, "sign_in_code");
    const answer = (text: string) =>
      provider.identity.answerChallenge({ session, answer: { type: "email_code", code: text } });

    const wrong = await outcomesOf(5, () => answer(otherCode(code)));

    expect(new Set(wrong)).toEqual(new Set(["code_mismatch"]));
    expect(await outcomeOf(answer(code))).toBe("too_many_attempts for 180 s");
  });

  it("is played for whoever does not exist, in the same words every time", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const begin = (username: string) =>
      challengeOf(provider.identity.signIn({ ...byEmail, username }), "email_code");
    const known = await begin(ada.username);
    const unknown = [await begin("bob@example.com"), await begin("bob@example.com")];
    const answer = { type: "email_code", code: "12345678" } as const;
    const tries = await outcomesOf(6, () =>
      provider.identity.answerChallenge({ session: unknown[0]?.session ?? "", answer }),
    );

    expect(unknown.map(({ delivery }) => delivery)).toEqual([
      { medium: "email", destination: "b***@e***" },
      { medium: "email", destination: "b***@e***" },
    ]);
    expect(Object.keys(unknown[0] ?? {})).toEqual(Object.keys(known));
    expect(tries).toEqual([...Array(5).fill("code_mismatch"), "too_many_attempts for 180 s"]);
  });

  it.each([["ada"], ["nobody"]])(
    "tells nothing of the address of %s by text message",
    async (username) => {
      const provider = createProvider({ signInModel: "username", autoConfirm: true });
      await provider.identity.signUp({ ...ada, username: "ada" });

      const signingIn = provider.identity.signIn({ username, factor: "sms_code" });

      const { delivery } = await challengeOf(signingIn, "sms_code");
      expect(delivery).toEqual({
        medium: "sms",
        destination: expect.stringMatching(/^\+\*{7}\d{4}$/),
      });
    },
  );

  it("is played for a user with a second factor, who needs the password", async () => {
    const { provider } = await signUpWithApp();
    const { session } = await challengeOf(provider.identity.signIn(byEmail), "email_code");
    const answer = { type: "email_code", code: "12345678" } as const;

    const outcome = await outcomeOf(provider.identity.answerChallenge({ session, answer }));

    expect(provider.outbox.messagesFor(ada.username).map(({ purpose }) => purpose)).toEqual([
      "sign_up_confirmation",
    ]);
    expect(outcome).toBe("code_mismatch");
  });

  it("sends twenty codes an hour to anyone, whether they exist or not", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const begin = (username: string) => provider.identity.signIn({ ...byEmail, username });

    for (const username of [ada.username, "bob@example.com"]) {
      const outcomes = await outcomesOf(21, () => begin(username));
      expect(outcomes.slice(-2)).toEqual(["done", "too_many_attempts for 3600 s"]);
    }
  });
});

describe("a choice of first factors", () => {
  it("is the same for all, and goes on with what was chosen", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const begin = (username: string) =>
      challengeOf(provider.identity.signIn({ username }), "select_factor");
    const unknown = await begin("bob@example.com");
    const { session, factors } = await begin(ada.username);
    const choose = (password: string) =>
      provider.identity.answerChallenge({
        session,
        answer: { type: "select_factor", factor: "password", password },
      });

    const wrong = await outcomeOf(choose("Wrong-Horse-7"));
    const right = await outcomeOf(choose(ada.password));

    expect(factors).toEqual(["password", "email_code", "sms_code"]);
    expect(unknown.factors).toEqual(factors);
    expect([wrong, right]).toEqual(["invalid_credentials", "done"]);
  });

  it("leads to a code by mail, for whoever does not exist as well", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    for (const username of [ada.username, "bob@example.com"]) {
      const { session } = await challengeOf(
        provider.identity.signIn({ username }),
        "select_factor",
      );
      const answer = { type: "select_factor", factor: "email_code" } as const;

      await challengeOf(provider.identity.answerChallenge({ session, answer }), "email_code");
    }

    expect(lastCode(provider, ada.username, "sign_in_code")).toMatch(/^\d{8}$/);
  });

  it("leaves out what this provider does not sign in with", async () => {
    const provider = createProvider({ signInFactors: ["password"] });
    const { identity } = provider;

    expect(await outcomeOf(identity.signIn(byEmail))).toBe("not_supported");
    expect(await outcomeOf(identity.signIn({ ...byEmail, factor: "passkey" }))).toBe(
      "not_supported",
    );
    expect(await outcomeOf(identity.signIn({ ...byEmail, factor: "custom" }))).toBe(
      "not_supported",
    );
    expect(identity.capabilities.has("email_code_sign_in")).toBe(false);
  });
});

describe("challenges of the operator's own", () => {
  const twoRiddles: CustomChallenge = {
    next({ rounds }) {
      if (rounds.length > 2) return { action: "refuse" };
      const right = rounds.filter(({ isRight }) => isRight).length;
      if (right === 2) return { action: "admit" };
      return { action: "ask", parameters: { riddle: String(right) }, expected: `yes ${right}` };
    },
  };
  const custom = { username: ada.username, factor: "custom" } as const;

  it("are asked until they admit the user", async () => {
    const provider = createProvider({ customChallenge: twoRiddles });
    const { identity } = provider;
    await signUpConfirmed(provider);
    const reply = (session: string, answer: string) =>
      identity.answerChallenge({ session, answer: { type: "custom", answer } });

    const first = await challengeOf(identity.signIn(custom), "custom");
    const second = await challengeOf(reply(first.session, "yes 0"), "custom");
    const tokens = await tokensOf(reply(second.session, "yes 1"));

    expect([first.parameters, second.parameters]).toEqual([{ riddle: "0" }, { riddle: "1" }]);
    expect(tokens.accessToken).toBeDefined();
  });

  it.each([
    ["whoever answers wrongly", ada.username, "no"],
    ["whoever does not exist, however they answer", "bob@example.com", "yes"],
  ])("refuse %s", async (_, username, word) => {
    const provider = createProvider({ customChallenge: twoRiddles });
    const { identity } = provider;
    await signUpConfirmed(provider);
    let { session } = await challengeOf(identity.signIn({ ...custom, username }), "custom");
    let outcome = "";
    for (let round = 0; outcome === ""; round += 1) {
      const answer = { type: "custom", answer: `${word} ${round}` } as const;
      try {
        const result = await identity.answerChallenge({ session, answer });
        if (result.status === "signed_in") outcome = "signed_in";
        else session = result.challenge.session;
      } catch (error) {
        outcome = await outcomeOf(Promise.reject(error));
      }
    }

    expect(outcome).toBe("invalid_credentials");
  });

  it("blame the operator when they break", async () => {
    const provider = createProvider({
      customChallenge: {
        next() {
          throw new Error("out of riddles");
        },
      },
    });

    expect(await outcomeOf(provider.identity.signIn(custom))).toBe("provider_extension_failed");
  });
});

import { describe, expect, it } from "vitest";
import { createEngine, forClient } from "../../../../src/adapters/memory/engine.ts";
import { identityProviderOf } from "../../../../src/adapters/memory/identity-provider.ts";
import type { ChallengeAnswer } from "../../../../src/domain/challenge.ts";
import { appCode, signUpWithApp, wrongAppCode } from "../second-factor-support.ts";
import {
  ada,
  adjustableClock,
  challengeOf,
  createProvider,
  lastCode,
  newPassword,
  otherCode,
  outcomeOf,
  outcomesOf,
  reasonFor,
  signUpAndIn,
  signUpConfirmed,
  tokensOf,
} from "../support.ts";

describe("a challenge of the authenticator app", () => {
  it("comes in place of tokens, and leads to them", async () => {
    const { provider, secret, signIn } = await signUpWithApp();

    const { session, deviceName } = await challengeOf(signIn(), "totp");
    const code = await appCode(provider, secret);
    const answer = { type: "totp", code } as const;
    const tokens = await tokensOf(provider.identity.answerChallenge({ session, answer }));

    expect(deviceName).toBe("phone");
    expect(session).toMatch(/^[\w-]{64}$/);
    expect(tokens).toMatchObject({ tokenType: "Bearer", refreshToken: expect.any(String) });
  });

  it("can be answered again after a wrong code, and not after a right one", async () => {
    const { provider, secret, signIn } = await signUpWithApp();
    const { session } = await challengeOf(signIn(), "totp");
    const answer = (code: string) =>
      outcomeOf(provider.identity.answerChallenge({ session, answer: { type: "totp", code } }));

    const wrong = await answer(await wrongAppCode(provider, secret));
    const right = await answer(await appCode(provider, secret));
    const again = await answer(await appCode(provider, secret, 1));

    expect([wrong, right, again]).toEqual(["code_mismatch", "done", "challenge_expired"]);
  });

  it("takes no code twice, in another sign-in either, and locks nobody out for that", async () => {
    const { provider, secret, signIn } = await signUpWithApp();
    const code = await appCode(provider, secret);
    const answer = { type: "totp", code } as const;
    const use = async () => {
      const { session } = await challengeOf(signIn(), "totp");
      return outcomeOf(provider.identity.answerChallenge({ session, answer }));
    };

    const outcomes = await outcomesOf(1, use);
    const replays = [await use(), await use(), await use(), await use(), await use(), await use()];

    expect(outcomes).toEqual(["done"]);
    expect(new Set(replays)).toEqual(new Set(["code_mismatch"]));
  });

  it("locks the account after wrong codes, and the right password does not unlock it", async () => {
    const { provider, secret, signIn } = await signUpWithApp();
    const code = await wrongAppCode(provider, secret);
    const outcomes: string[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const { session } = await challengeOf(signIn(), "totp");
      const answer = { type: "totp", code } as const;
      outcomes.push(await outcomeOf(provider.identity.answerChallenge({ session, answer })));
    }

    expect(new Set(outcomes)).toEqual(new Set(["code_mismatch"]));
    expect(await outcomeOf(signIn())).toBe("too_many_attempts for 1 s");
  });

  it("is worth nothing once the password was reset that it was begun with", async () => {
    const { provider, secret, signIn } = await signUpWithApp();
    const { username } = ada;
    const { session } = await challengeOf(signIn(), "totp");
    await provider.identity.startPasswordReset({ username });
    const reset = lastCode(provider, username, "password_reset");
    await provider.identity.resetPassword({ username, code: reset, newPassword });
    const answer = { type: "totp", code: await appCode(provider, secret) } as const;

    const outcome = await outcomeOf(provider.identity.answerChallenge({ session, answer }));

    expect(outcome).toBe("challenge_expired");
  });

  it("is refused to an account that was disabled meanwhile", async () => {
    const { provider, secret, signIn } = await signUpWithApp();
    const { session } = await challengeOf(signIn(), "totp");
    await provider.identity.disableUser({ username: ada.username });
    const answer = { type: "totp", code: await appCode(provider, secret) } as const;

    const outcome = await outcomeOf(provider.identity.answerChallenge({ session, answer }));

    expect(outcome).toBe("user_disabled");
  });
});

describe("a session of a sign-in", () => {
  const clock = adjustableClock();
  const engine = createEngine({ clock, hashIterations: 1, autoConfirm: true });
  const other = { ...engine.client, id: "another" };
  engine.clients.put(other);

  async function begin() {
    const username = `${crypto.randomUUID()}@example.com`;
    await identityProviderOf(engine).signUp({ ...ada, username });
    const signingIn = identityProviderOf(engine).signIn({ username, factor: "email_code" });
    const { session } = await challengeOf(signingIn, "email_code");
    const sent = engine.courier.messagesFor(username).at(-1);
    const answer: ChallengeAnswer = { type: "email_code", code: sent?.code ?? "" };
    return { session, answer };
  }

  it("is told apart when it was invented, used, too late, of another client or challenge", async () => {
    const identity = identityProviderOf(engine);
    const used = await begin();
    await identity.answerChallenge(used);
    const altered = await begin();
    const ofOther = await begin();
    const late = await begin();
    const attempts = [
      reasonFor(identity.answerChallenge({ ...used, session: "invented" })),
      reasonFor(identity.answerChallenge(used)),
      reasonFor(identity.answerChallenge({ ...altered, answer: { type: "totp", code: "1" } })),
      reasonFor(identityProviderOf(forClient(engine, other)).answerChallenge(ofOther)),
    ];
    const reasons = await Promise.all(attempts);
    clock.advance(180);

    expect([...reasons, await reasonFor(identity.answerChallenge(late))]).toEqual([
      "session_unknown",
      "session_used",
      "session_of_other_challenge",
      "session_unknown",
      "session_expired",
    ]);
  });
});

describe("a choice of second factors", () => {
  it("is asked for unless one is preferred", async () => {
    const { provider, secret, signIn, accessToken } = await signUpWithApp(undefined, {
      enabled: ["totp", "email_code"],
    });

    const choice = await challengeOf(signIn(), "select_mfa");
    const preferences = { enabled: ["totp", "email_code"], preferred: "email_code" } as const;
    await provider.identity.setMfa({ accessToken, ...preferences });
    const preferred = await challengeOf(signIn(), "email_code");
    const chosen = await challengeOf(
      provider.identity.answerChallenge({
        session: choice.session,
        answer: { type: "select_mfa", method: "totp" },
      }),
      "totp",
    );
    const code = await appCode(provider, secret);
    const end = provider.identity.answerChallenge({
      session: chosen.session,
      answer: { type: "totp", code },
    });

    expect(choice.methods).toEqual(["totp", "email_code"]);
    expect(preferred.delivery).toEqual({ medium: "email", destination: "a***@e***" });
    expect(await tokensOf(end)).toBeDefined();
  });

  it("has nothing in it that the user does not have", async () => {
    const { provider, signIn } = await signUpWithApp(undefined, {
      enabled: ["totp", "email_code"],
    });
    const { session } = await challengeOf(signIn(), "select_mfa");
    const answer = { type: "select_mfa", method: "sms_code" } as const;

    const outcome = await outcomeOf(provider.identity.answerChallenge({ session, answer }));

    expect(outcome).toBe("mfa_not_available");
  });
});

describe("a code that is sent as a second factor", () => {
  it("has six digits, works once, and locks the account when it is guessed", async () => {
    const provider = createProvider();
    const { accessToken } = await signUpAndIn(provider);
    await provider.identity.setMfa({ accessToken, enabled: ["email_code"] });
    const { session } = await challengeOf(provider.identity.signIn(ada), "email_code");
    const code = lastCode(provider, ada.username, "mfa_code");
    const answer = (text: string) =>
      provider.identity.answerChallenge({ session, answer: { type: "email_code", code: text } });

    const wrong = await outcomesOf(5, () => answer(otherCode(code)));
    const locked = await outcomeOf(answer(code));
    provider.clock.advance(1);
    const right = await outcomeOf(answer(code));
    const again = await outcomeOf(answer(code));

    expect(code).toMatch(/^\d{6}$/);
    expect(new Set(wrong)).toEqual(new Set(["code_mismatch"]));
    expect([locked, right, again]).toEqual([
      "too_many_attempts for 1 s",
      "done",
      "challenge_expired",
    ]);
  });
});

describe("a second factor that is required", () => {
  it("is set up inside of the sign-in", async () => {
    const provider = createProvider({ mfa: "required", mfaMethods: ["totp"] });
    const { identity } = provider;
    await signUpConfirmed(provider);

    const first = await challengeOf(identity.signIn(ada), "mfa_setup");
    const second = await challengeOf(
      identity.answerChallenge({
        session: first.session,
        answer: { type: "mfa_setup", step: { method: "totp" } },
      }),
      "mfa_setup",
    );
    const secret = second.totp?.secret ?? "";
    const finish = async (code: string) =>
      identity.answerChallenge({
        session: second.session,
        answer: { type: "mfa_setup", step: { code } },
      });
    const wrong = await outcomeOf(finish(await wrongAppCode(provider, secret)));
    const { accessToken } = await tokensOf(finish(await appCode(provider, secret)));

    expect(first).toMatchObject({ methods: ["totp"] });
    expect(first.totp).toBeUndefined();
    expect(wrong).toBe("code_mismatch");
    expect(await identity.getMfa({ accessToken })).toEqual({
      enabled: ["totp"],
      recoveryCodesLeft: 0,
    });
    expect(await outcomeOf(identity.setMfa({ accessToken, enabled: [] }))).toBe(
      "mfa_not_available",
    );
    await challengeOf(identity.signIn(ada), "totp");
  });

  it("is a code to the proven address where nothing else was set up", async () => {
    const provider = createProvider({ mfa: "required" });
    await signUpConfirmed(provider);

    await challengeOf(provider.identity.signIn(ada), "email_code");

    expect(lastCode(provider, ada.username, "mfa_code")).toMatch(/^\d{6}$/);
  });
});

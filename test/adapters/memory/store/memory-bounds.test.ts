import { describe, expect, it } from "vitest";
import {
  createExpiringMap,
  maxExpendableEntries,
} from "../../../../src/adapters/memory/store/expiring-map.ts";
import type { ChallengeAnswer } from "../../../../src/domain/challenge.ts";
import {
  ada,
  adjustableClock,
  challengeOf,
  createProvider,
  lastCode,
  newPassword,
  outcomeOf,
  outcomesOf,
  signUpAndIn,
  signUpConfirmed,
} from "../support.ts";

describe("an expiring map", () => {
  it("does not give what has expired", () => {
    const clock = adjustableClock();
    const map = createExpiringMap<string>(clock);
    map.set("key", "value", { expiresAt: clock.now() + 1000 });

    const before = map.get("key");
    clock.advance(1);

    expect([before, map.get("key")]).toEqual(["value", undefined]);
  });

  it("sweeps what has expired when something is added, be it never asked for again", () => {
    const clock = adjustableClock();
    const map = createExpiringMap<number>(clock);
    for (let key = 0; key < 1000; key += 1)
      map.set(String(key), key, { expiresAt: clock.now() + 60_000 });

    clock.advance(60);
    map.set("later", 1, { expiresAt: clock.now() + 60_000 });

    expect(map.size).toBe(1);
  });

  it("tells of each entry that it sweeps, once, and of none that was deleted or set again", () => {
    const clock = adjustableClock();
    const told: string[] = [];
    const map = createExpiringMap<string>(clock, (value) => told.push(value));
    const soon = { expiresAt: clock.now() + 1000 };
    const late = { expiresAt: clock.now() + 180_000 };
    for (const key of ["swept", "deleted", "changed"]) map.set(key, key, soon);
    map.delete("deleted");
    map.set("changed", "changed later", late);

    clock.advance(60);
    map.set("other", "other", late);
    clock.advance(60);
    map.set("another", "another", late);

    expect(told).toEqual(["swept"]);
  });

  it("keeps so many expendable entries, the latest, and all others", () => {
    const clock = adjustableClock();
    const map = createExpiringMap<number>(clock);
    const expiresAt = clock.now() + 60_000;
    map.set("kept", 0, { expiresAt });
    for (let key = 0; key < maxExpendableEntries + 5; key += 1)
      map.set(String(key), key, { expiresAt, isExpendable: true });

    expect(map.size).toBe(maxExpendableEntries + 1);
    expect(map.get("kept")).toBe(0);
    expect(map.get("4")).toBeUndefined();
    expect(map.get("5")).toBe(5);
  });

  it("counts an entry that is set again as a late one, and as expendable only while it is", () => {
    const clock = adjustableClock();
    const map = createExpiringMap<string>(clock);
    const expiresAt = clock.now() + 60_000;
    map.set("again", "", { expiresAt, isExpendable: true });
    map.set("known since", "", { expiresAt, isExpendable: true });
    map.set("known since", "", { expiresAt });
    for (let key = 1; key < maxExpendableEntries; key += 1)
      map.set(String(key), "", { expiresAt, isExpendable: true });

    map.set("again", "", { expiresAt, isExpendable: true });
    map.set("one more", "", { expiresAt, isExpendable: true });

    expect(map.get("again")).toBe("");
    expect(map.get("known since")).toBe("");
    expect(map.get("1")).toBeUndefined();
  });
});

describe("a flood of names that nobody has", () => {
  const stranger = "nobody@example.com";
  const flood = (call: (username: string) => Promise<unknown>) =>
    Promise.allSettled(
      Array.from({ length: maxExpendableEntries }, (_, index) => call(`${index}@x.example`)),
    );

  it("makes the provider forget the locks of such names, and of no user", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const fail = (username: string) =>
      provider.identity.signIn({ username, password: newPassword });
    for (const username of [ada.username, stranger]) await outcomesOf(5, () => fail(username));

    await flood(fail);

    expect(await outcomeOf(fail(stranger))).toBe("invalid_credentials");
    expect(await outcomeOf(fail(ada.username))).toBe("too_many_attempts for 1 s");
  });

  it("makes the provider forget the wrong codes for such names, and for no user", async () => {
    const { identity } = createProvider();
    await identity.signUp(ada);
    const fail = (username: string) => identity.confirmSignUp({ username, code: "abcdef" });
    for (const username of [ada.username, stranger]) await outcomesOf(5, () => fail(username));

    await flood(fail);

    expect(await outcomeOf(fail(stranger))).toBe("code_mismatch");
    expect(await outcomeOf(fail(ada.username))).toBe("too_many_attempts for 86400 s");
  });

  it("makes the provider forget the hours of such names, and of no user", async () => {
    const { identity } = createProvider();
    await identity.signUp(ada);
    const resend = (username: string) => identity.resendConfirmation({ username });
    for (const username of [ada.username, stranger]) await outcomesOf(5, () => resend(username));

    await flood(resend);

    expect(await outcomeOf(resend(stranger))).toBe("user_not_found");
    expect(await outcomeOf(resend(ada.username))).toBe("too_many_attempts for 3600 s");
  });

  it("makes the provider forget sign-ins that anyone can begin, and none that took a password", async () => {
    const provider = createProvider();
    const { identity } = provider;
    const { accessToken } = await signUpAndIn(provider);
    await identity.setMfa({ accessToken, enabled: ["email_code"] });
    const proven = await challengeOf(identity.signIn(ada), "email_code");
    const anyones = await challengeOf(identity.signIn({ username: stranger }), "select_factor");
    const code = lastCode(provider, ada.username, "mfa_code");
    const answer = (session: string, text: ChallengeAnswer) =>
      outcomeOf(identity.answerChallenge({ session, answer: text }));

    await flood((username) => identity.signIn({ username }));

    const forgotten = await answer(anyones.session, {
      type: "select_factor",
      factor: "email_code",
    });
    const kept = await answer(proven.session, { type: "email_code", code });
    expect([forgotten, kept]).toEqual(["challenge_expired", "done"]);
  });
});

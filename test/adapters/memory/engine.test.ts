import { describe, expect, it } from "vitest";
import { createJwtVerifier } from "../../../src/adapters/jwt/index.ts";
import { createEngine, forClient } from "../../../src/adapters/memory/engine.ts";
import { identityProviderOf } from "../../../src/adapters/memory/identity-provider.ts";
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
  readPart,
  signIn,
  signUpAndIn,
  signUpConfirmed,
  tokensOf,
} from "./support.ts";

describe("a snapshot", () => {
  it("brings everything back, any number of times", async () => {
    const groups = [{ name: "admins" }];
    const provider = createProvider({ groups, refreshRotation: { graceSeconds: 0 } });
    const { identity } = provider;
    const { accessToken, refreshToken } = await signUpAndIn(provider);
    await outcomesOf(4, () => identity.signIn({ ...ada, password: newPassword }));
    const { session } = await challengeOf(
      identity.signIn({ username: ada.username, factor: "email_code" }),
      "email_code",
    );
    const code = lastCode(provider, ada.username, "sign_in_code");
    const snapshot = provider.snapshot();

    async function live() {
      const answer = { type: "email_code", code } as const;
      const outcomes = [
        await outcomeOf(identity.refresh({ refreshToken })),
        await outcomeOf(identity.refresh({ refreshToken })),
        await outcomeOf(identity.signIn({ ...ada, password: newPassword })),
        await outcomeOf(identity.signIn(ada)),
        await outcomeOf(identity.answerChallenge({ session, answer })),
        await outcomeOf(identity.answerChallenge({ session, answer })),
      ];
      provider.rotateKeys();
      provider.groups.remove("admins");
      await identity.deleteUser({ username: ada.username });
      return outcomes;
    }
    const first = await live();
    provider.restore(snapshot);
    const second = await live();
    provider.restore(snapshot);

    expect(first).toEqual([
      "done",
      "refresh_token_reused",
      "invalid_credentials",
      "too_many_attempts for 1 s",
      "done",
      "challenge_expired",
    ]);
    expect(second).toEqual(first);
    expect(await outcomeOf(identity.getProfile({ accessToken }))).toBe("done");
    expect(provider.groups.list()).toMatchObject(groups);
    expect(lastCode(provider, ada.username, "sign_in_code")).toBe(code);
  });
});

describe("rotating the keys", () => {
  it("signs with new ones, and publishes the old ones as long as their tokens can live", async () => {
    const provider = createProvider({ tokenSeconds: { access: 86_400 } });
    const { issuer, keys, clock } = provider;
    const verifier = createJwtVerifier({ issuer, clientIds: [provider.clientId], keys, clock });
    const before = await signUpAndIn(provider);
    provider.rotateKeys();
    const after = await signIn(provider);

    const published = await keys.current();
    const outcomes = [before, after].map(({ accessToken }) =>
      outcomeOf(verifier.verify(accessToken)),
    );
    const profile = await outcomeOf(provider.identity.getProfile(before));
    clock.advance(86_400);
    const later = await keys.current();

    expect(await Promise.all(outcomes)).toEqual(["done", "done"]);
    expect(profile).toBe("done");
    expect(readPart(after.accessToken, 0).kid).not.toBe(readPart(before.accessToken, 0).kid);
    expect([published.keys.length, later.keys.length]).toEqual([4, 2]);
    expect(later.keys.map(({ kid }) => kid)).toContain(readPart(after.accessToken, 0).kid);
  });
});

describe("the key set", () => {
  it("is another where the keys are others: after a rotation, a day later, and when the world is restored", async () => {
    const provider = createProvider();
    const { keys, clock } = provider;
    const snapshot = provider.snapshot();
    const first = await keys.current();
    provider.rotateKeys();
    const rotated = await keys.current();
    const rotatedAgain = await keys.current();
    clock.advance(86_400);
    const aged = await keys.current();
    provider.restore(snapshot);
    const restored = await keys.current();

    expect(rotatedAgain).toBe(rotated);
    expect(new Set([first, rotated, aged, restored]).size).toBe(4);
    expect([first, rotated, aged, restored].map((set) => set.keys.length)).toEqual([2, 4, 2, 2]);
  });
});

describe("several clients of one directory", () => {
  it("share its users and have tokens of their own", async () => {
    const clock = adjustableClock();
    const engine = createEngine({ clock, hashIterations: 1, autoConfirm: true });
    const short = {
      ...engine.client,
      id: "short",
      tokenSeconds: { access: 60, id: 60, refresh: 3600 },
      refreshRotation: { graceSeconds: 0 },
    };
    engine.clients.put(short);
    const [one, other] = [identityProviderOf(engine), identityProviderOf(forClient(engine, short))];
    await one.signUp(ada);
    const tokens = await tokensOf(other.signIn(ada));
    const refreshToken = tokens.refreshToken ?? "";

    const foreign = await outcomeOf(one.refresh({ refreshToken }));
    await one.signOut({ refreshToken });
    const own = await outcomeOf(other.refresh({ refreshToken }));
    const reused = await outcomeOf(other.refresh({ refreshToken }));

    expect(readPart(tokens.accessToken, 1)).toMatchObject({ client_id: "short" });
    expect(tokens.expiresIn).toBe(60);
    expect([foreign, own, reused]).toEqual([
      "invalid_refresh_token",
      "done",
      "refresh_token_reused",
    ]);
  });

  it("take each other's access tokens, until one is removed", async () => {
    const engine = createEngine({ hashIterations: 1, autoConfirm: true });
    const other = { ...engine.client, id: "another" };
    engine.clients.put(other);
    const identity = identityProviderOf(engine);
    await identity.signUp(ada);
    const { accessToken } = await tokensOf(
      identityProviderOf(forClient(engine, other)).signIn(ada),
    );

    const before = await outcomeOf(identity.getProfile({ accessToken }));
    engine.clients.remove("another");

    expect([before, await outcomeOf(identity.getProfile({ accessToken }))]).toEqual([
      "done",
      "invalid_token",
    ]);
  });
});

describe("remembered passwords", () => {
  it("cannot be set again, by whatever way, as far back as they are remembered", async () => {
    const provider = createProvider({ passwordHistory: 2 });
    const { identity } = provider;
    const { username } = ada;
    const { accessToken } = await signUpAndIn(provider);
    const change = (currentPassword: string, next: string) =>
      outcomeOf(identity.changePassword({ accessToken, currentPassword, newPassword: next }));
    const third = "Third-Password-9";

    const outcomes = [
      await change(ada.password, ada.password),
      await change(ada.password, newPassword),
      await change(newPassword, ada.password),
      await change(newPassword, third),
      await outcomeOf(identity.setPassword({ username, password: newPassword, isPermanent: true })),
      await change(third, ada.password),
    ];

    expect(outcomes).toEqual([
      "password_reused",
      "done",
      "password_reused",
      "done",
      "password_reused",
      "done",
    ]);
  });

  it("are told only to whoever has the right code, which then stays good", async () => {
    const provider = createProvider({ passwordHistory: 1 });
    const { identity } = provider;
    const { username } = ada;
    await signUpConfirmed(provider);
    await identity.startPasswordReset({ username });
    const code = lastCode(provider, username, "password_reset");
    const reset = (text: string, next: string) =>
      outcomeOf(identity.resetPassword({ username, code: text, newPassword: next }));

    const outcomes = [
      await reset(otherCode(code), ada.password),
      await reset(code, ada.password),
      await reset(code, newPassword),
    ];

    expect(outcomes).toEqual(["code_mismatch", "password_reused", "done"]);
  });
});

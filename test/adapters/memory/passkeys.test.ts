import { describe, expect, it, test } from "vitest";
import type { MemoryIdentityProviderOptions } from "../../../src/adapters/memory/index.ts";
import { passkeyFlaws } from "../../../src/testing/passkey-device.ts";
import { newDevice, passkeyVerifier } from "../webauthn/support.ts";
import { registerPasskey, signInWith, signUpWithPasskey } from "./passkey-support.ts";
import { signUpWithApp } from "./second-factor-support.ts";
import {
  ada,
  challengeOf,
  countOutcomes,
  createProvider,
  lastCode,
  newPassword,
  outcomeOf,
  readPart,
  signUpAndIn,
  signUpConfirmed,
  type TestProvider,
  tokensOf,
} from "./support.ts";

const byPasskey = { username: ada.username, factor: "passkey" } as const;
const bob = { ...ada, username: "bob@example.com" };

describe("registering a passkey", () => {
  it("is not there without a verifier", async () => {
    const { identity } = createProvider();
    const accessToken = "none";
    const signedIn = { accessToken, id: "AQID", credential: {} };

    const outcomes = [
      await outcomeOf(identity.startPasskeyRegistration(signedIn)),
      await outcomeOf(identity.finishPasskeyRegistration(signedIn)),
      await outcomeOf(identity.listPasskeys(signedIn)),
      await outcomeOf(identity.deletePasskey(signedIn)),
      await outcomeOf(identity.signIn(byPasskey)),
    ];

    expect(new Set(outcomes)).toEqual(new Set(["not_supported"]));
    expect(identity.capabilities.has("passkeys")).toBe(false);
    expect(createProvider({ passkeys: passkeyVerifier() }).identity.capabilities).toContain(
      "passkeys",
    );
  });

  it("lists the passkeys, the oldest first, and excludes them from the next", async () => {
    const { provider, accessToken, device } = await signUpWithPasskey();
    provider.clock.advance(90);

    const options = await registerPasskey(provider, accessToken, device);

    const [first = "", second = ""] = device.ids;
    expect(await provider.identity.listPasskeys({ accessToken })).toEqual([
      { id: first, createdAt: 1_800_000_000 },
      { id: second, createdAt: 1_800_000_090 },
    ]);
    expect(options.excludeCredentials).toEqual([{ type: "public-key", id: first }]);
    expect(options.user).toMatchObject({ name: ada.username });
  });

  it("takes the options for five minutes", async () => {
    const { provider, accessToken, device } = await signUpWithPasskey();
    const register = async (seconds: number) => {
      const options = await provider.identity.startPasskeyRegistration({ accessToken });
      provider.clock.advance(seconds);
      const credential = await device.create(options);
      return outcomeOf(provider.identity.finishPasskeyRegistration({ accessToken, credential }));
    };

    expect(await register(299)).toBe("done");
    expect(await register(300)).toBe("challenge_expired");
  });

  it("takes the options once, of fifty answers at once too", async () => {
    const provider = createProvider({ passkeys: passkeyVerifier() });
    const { accessToken } = await signUpAndIn(provider);
    const device = newDevice();
    const options = await provider.identity.startPasskeyRegistration({ accessToken });
    const credentials = await Promise.all(Array.from({ length: 50 }, () => device.create(options)));

    const outcomes = await countOutcomes(50, async (index) =>
      provider.identity.finishPasskeyRegistration({
        accessToken,
        credential: credentials[index] ?? {},
      }),
    );

    expect(outcomes).toEqual({ done: 1, challenge_expired: 49 });
    expect(await provider.identity.listPasskeys({ accessToken })).toHaveLength(1);
  });

  it("spends the options with an answer that is rejected", async () => {
    const { provider, accessToken, device } = await signUpWithPasskey();
    const options = await provider.identity.startPasskeyRegistration({ accessToken });
    const finish = async (flaw?: "other_origin") => {
      const credential = await device.create(options, flaw);
      return outcomeOf(provider.identity.finishPasskeyRegistration({ accessToken, credential }));
    };

    expect(await finish("other_origin")).toBe("passkey_rejected");
    expect(await finish()).toBe("challenge_expired");
  });

  it("takes only the options that were given last", async () => {
    const { provider, accessToken, device } = await signUpWithPasskey();
    const options = await provider.identity.startPasskeyRegistration({ accessToken });
    await provider.identity.startPasskeyRegistration({ accessToken });
    const credential = await device.create(options);

    const late = provider.identity.finishPasskeyRegistration({ accessToken, credential });

    expect(await outcomeOf(late)).toBe("passkey_rejected");
  });

  it("stops at twenty passkeys, until one is deleted", async () => {
    const { provider, accessToken, device } = await signUpWithPasskey();
    while (device.ids.length < 20) await registerPasskey(provider, accessToken, device);

    const oneMore = await outcomeOf(registerPasskey(provider, accessToken, device));
    await provider.identity.deletePasskey({ accessToken, id: device.ids[0] ?? "" });
    const again = await outcomeOf(registerPasskey(provider, accessToken, device));

    expect([oneMore, again]).toEqual(["conflict", "done"]);
  });

  it("rejects a credential id that another user has registered", async () => {
    const { provider, device } = await signUpWithPasskey();
    const { accessToken } = await signUpAndIn(provider, bob);
    const options = await provider.identity.startPasskeyRegistration({ accessToken });
    const copy = newDevice({ credentialId: device.ids[0] ?? "" });
    const credential = await copy.create(options);

    const copied = provider.identity.finishPasskeyRegistration({ accessToken, credential });

    expect(await outcomeOf(copied)).toBe("passkey_rejected");
  });

  it("deletes a passkey of the caller's, and no other", async () => {
    const { provider, device, accessToken } = await signUpWithPasskey();
    const { accessToken: bobs } = await signUpAndIn(provider, bob);
    const id = device.ids[0] ?? "";

    const outcomes = [
      await outcomeOf(provider.identity.deletePasskey({ accessToken: bobs, id })),
      await outcomeOf(provider.identity.deletePasskey({ accessToken, id })),
      await outcomeOf(provider.identity.deletePasskey({ accessToken, id })),
    ];

    expect(outcomes).toEqual(["not_found", "done", "not_found"]);
    expect(await outcomeOf(signInWith(provider, device))).toBe("passkey_rejected");
  });
});

describe("signing in with a passkey", () => {
  it("ends with tokens of the user, again and again", async () => {
    const { provider, device, accessToken } = await signUpWithPasskey();

    const first = await tokensOf(signInWith(provider, device));
    const second = await tokensOf(signInWith(provider, device));

    const { sub } = readPart(accessToken, 1);
    expect(readPart(first.accessToken, 1)).toMatchObject({ sub });
    expect(readPart(second.accessToken, 1)).toMatchObject({ sub });
  });

  test.each(passkeyFlaws)("is refused with %s, and then goes on", async (flaw) => {
    const { provider, device } = await signUpWithPasskey();
    await signInWith(provider, device);
    const { session, options } = await challengeOf(provider.identity.signIn(byPasskey), "passkey");
    const answer = async (wrong?: typeof flaw) =>
      outcomeOf(
        provider.identity.answerChallenge({
          session,
          answer: { type: "passkey", credential: await device.get(options, wrong) },
        }),
      );

    expect(await answer(flaw)).toBe("passkey_rejected");
    expect(await answer()).toBe("done");
  });

  it("takes what was signed for one sign-in, of fifty answers at once too", async () => {
    const { provider, device } = await signUpWithPasskey();
    const { session, options } = await challengeOf(provider.identity.signIn(byPasskey), "passkey");
    const answer = { type: "passkey", credential: await device.get(options) } as const;

    const outcomes = await countOutcomes(50, () =>
      provider.identity.answerChallenge({ session, answer }),
    );
    const { session: next } = await challengeOf(provider.identity.signIn(byPasskey), "passkey");
    const replayed = await outcomeOf(provider.identity.answerChallenge({ session: next, answer }));

    expect(outcomes).toEqual({ done: 1, challenge_expired: 49 });
    expect(replayed).toBe("passkey_rejected");
  });

  it("refuses the passkey of another user", async () => {
    const { provider } = await signUpWithPasskey();
    const { accessToken } = await signUpAndIn(provider, bob);
    const bobsDevice = newDevice();
    await registerPasskey(provider, accessToken, bobsDevice);

    expect(await outcomeOf(signInWith(provider, bobsDevice))).toBe("passkey_rejected");
  });

  it("asks everyone alike, and nobody but the user gets in", async () => {
    const { provider, device } = await signUpWithPasskey();
    await signUpAndIn(provider, bob);
    const names = [ada.username, bob.username, "nobody@example.com", "nobody@example.com"];
    const begin = async (username: string) => {
      const { options } = await challengeOf(
        provider.identity.signIn({ ...byPasskey, username }),
        "passkey",
      );
      return { ...options, challenge: String(options.challenge).length };
    };

    const [first, ...others] = await Promise.all(names.map(begin));

    expect(others).toEqual([first, first, first]);
    expect(await outcomeOf(signInWith(provider, device, { username: "nobody@example.com" }))).toBe(
      "passkey_rejected",
    );
  });

  it("is offered to everyone, and can be chosen", async () => {
    const { provider, device } = await signUpWithPasskey();
    const { username } = ada;
    const begin = (name: string) =>
      challengeOf(provider.identity.signIn({ username: name }), "select_factor");
    const { session, factors } = await begin(username);
    const choice = { type: "select_factor", factor: "passkey" } as const;

    const chosen = await challengeOf(
      provider.identity.answerChallenge({ session, answer: choice }),
      "passkey",
    );

    const answer = { type: "passkey", credential: await device.get(chosen.options) } as const;
    await tokensOf(provider.identity.answerChallenge({ session: chosen.session, answer }));
    expect(factors).toContain("passkey");
    expect((await begin("nobody@example.com")).factors).toEqual(factors);
  });

  it("takes an answer as long as any other challenge", async () => {
    const { provider, device } = await signUpWithPasskey();
    const { session, options } = await challengeOf(provider.identity.signIn(byPasskey), "passkey");
    provider.clock.advance(180);
    const answer = { type: "passkey", credential: await device.get(options) } as const;

    const late = provider.identity.answerChallenge({ session, answer });

    expect(await outcomeOf(late)).toBe("challenge_expired");
  });
});

describe("an account that is not in order", () => {
  it("is told of only after the right passkey", async () => {
    const { provider, device } = await signUpWithPasskey();
    await provider.identity.disableUser({ username: ada.username });

    expect(await outcomeOf(signInWith(provider, device, { flaw: "bad_signature" }))).toBe(
      "passkey_rejected",
    );
    expect(await outcomeOf(signInWith(provider, device))).toBe("user_disabled");
  });

  it("with a temporary password is not signed in to with a passkey", async () => {
    const { provider, device } = await signUpWithPasskey();
    const { username } = ada;
    await provider.identity.setPassword({ username, password: newPassword, isPermanent: false });

    expect(await outcomeOf(signInWith(provider, device))).toBe("passkey_rejected");
  });
});

describe("a passkey and a second factor", () => {
  async function signUpWithBoth(options: MemoryIdentityProviderOptions) {
    const { provider, accessToken } = await signUpWithApp(createProvider(options));
    const device = newDevice();
    await registerPasskey(provider, accessToken, device);
    return { provider, accessToken, device };
  }

  async function signUpAndInWithMailedCode(provider: TestProvider): Promise<string> {
    await signUpConfirmed(provider);
    const { username, password } = ada;
    const begun = provider.identity.signIn({ username, password });
    const { session } = await challengeOf(begun, "email_code");
    const answer = { type: "email_code", code: lastCode(provider, username, "mfa_code") } as const;
    return (await tokensOf(provider.identity.answerChallenge({ session, answer }))).accessToken;
  }

  it("do not go together, until the second factor is off", async () => {
    const { provider, accessToken, device } = await signUpWithBoth({ passkeys: passkeyVerifier() });

    const withBoth = await outcomeOf(signInWith(provider, device));
    await provider.identity.setMfa({ accessToken, enabled: [] });

    expect(withBoth).toBe("passkey_rejected");
    await tokensOf(signInWith(provider, device));
  });

  test.each([
    [false, "passkey_rejected"],
    [true, "done"],
  ])(
    "where everyone must have one, and a passkey counts for both (%s): %s",
    async (isMultiFactor, outcome) => {
      const passkeys = passkeyVerifier({ isMultiFactor });
      const provider = createProvider({ passkeys, mfa: "required" });
      const accessToken = await signUpAndInWithMailedCode(provider);
      const device = newDevice();
      await registerPasskey(provider, accessToken, device);

      expect(await outcomeOf(signInWith(provider, device))).toBe(outcome);
    },
  );

  it("are one where a passkey counts for both", async () => {
    const passkeys = passkeyVerifier({ isMultiFactor: true });
    const { provider, device } = await signUpWithBoth({ passkeys });

    await tokensOf(signInWith(provider, device));
  });
});

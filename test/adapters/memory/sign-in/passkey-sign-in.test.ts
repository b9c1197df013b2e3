import { describe, expect, it, test } from "vitest";
import type { MemoryIdentityProviderOptions } from "../../../../src/adapters/memory/index.ts";
import { passkeyFlaws } from "../../../../src/testing/identity-provider/steps/passkey-device.ts";
import { newDevice, passkeyVerifier } from "../../webauthn/support.ts";
import { registerPasskey, signInWith, signUpWithPasskey } from "../passkey-support.ts";
import { signUpWithApp } from "../second-factor-support.ts";
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
} from "../support.ts";

const byPasskey = { username: ada.username, factor: "passkey" } as const;
const bob = { ...ada, username: "bob@example.com" };

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

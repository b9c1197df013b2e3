import { describe, expect, it } from "vitest";
import { newDevice, passkeyVerifier } from "../../webauthn/support.ts";
import { registerPasskey, signInWith, signUpWithPasskey } from "../passkey-support.ts";
import { ada, countOutcomes, createProvider, outcomeOf, signUpAndIn } from "../support.ts";

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

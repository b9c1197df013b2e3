import { afterEach, describe, expect, it, vi } from "vitest";
import { createPasswordHasher } from "../../../../src/adapters/memory/credentials/password-hash.ts";
import { checkPasswordPolicy } from "../../../../src/adapters/memory/credentials/password-policy.ts";
import { settingsOf } from "../../../../src/adapters/memory/settings/settings.ts";
import {
  ada,
  createProvider,
  lastCode,
  newPassword,
  signUpAndIn,
  signUpConfirmed,
} from "../support.ts";

const hasher = createPasswordHasher(settingsOf({ hashIterations: 2 }));

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a password hash", () => {
  it("is PBKDF2 with SHA-512, a salt of 16 bytes and 100,000 rounds, which is all that Workers do", async () => {
    const byDefault = createPasswordHasher(settingsOf({}));

    const { salt, iterations, key } = await byDefault.hash(ada.password, "ada");

    const secret = await crypto.subtle.importKey(
      "raw",
      new TextEncoder().encode(ada.password),
      "PBKDF2",
      false,
      ["deriveBits"],
    );
    const parameters = { name: "PBKDF2", hash: "SHA-512", salt, iterations: 100_000 };
    const expected = await crypto.subtle.deriveBits(parameters, secret, 256);
    expect(salt).toHaveLength(16);
    expect(iterations).toBe(100_000);
    expect(key).toEqual(new Uint8Array(expected));
  });

  it("differs each time for one password", async () => {
    const [one, other] = await Promise.all([
      hasher.hash("same", "ada"),
      hasher.hash("same", "ada"),
    ]);

    expect(one.key).not.toEqual(other.key);
  });

  it.each([
    ["with a space after it", "secret", "secret "],
    ["in another case", "secret", "Secret"],
    ["in another normal form", "\u00e9", "e\u0301"],
    ["beyond the 72nd byte", `${"a".repeat(72)}x`, `${"a".repeat(72)}y`],
    ["with a lone surrogate for U+FFFD", "\ufffd", "\ud800"],
    ["that is empty", "secret", ""],
  ])("does not match a password %s", async (_, password, other) => {
    const hash = await hasher.hash(password, "ada");

    expect(await hasher.matches(password, hash)).toBe(true);
    expect(await hasher.matches(other, hash)).toBe(false);
  });

  it("goes by its own number of rounds when that of the provider has changed", async () => {
    const hash = await hasher.hash("secret", "ada");
    const slower = createPasswordHasher(settingsOf({ hashIterations: 3 }));

    expect(await slower.matches("secret", hash)).toBe(true);
  });
});

describe("an unknown user", () => {
  it("costs the same hash at sign-in as a wrong password", async () => {
    const { identity } = createProvider();
    await identity.signUp(ada);
    const derive = vi.spyOn(crypto.subtle, "deriveBits");
    const hashesOf = async (username: string) => {
      derive.mockClear();
      await identity.signIn({ username, password: newPassword }).catch(() => undefined);
      return derive.mock.calls.map(([algorithm, , length]) => ({ ...Object(algorithm), length }));
    };

    const known = await hashesOf(ada.username);
    const unknown = await hashesOf("nobody@example.com");

    expect(known).toHaveLength(1);
    expect(unknown).toEqual(known.map((hash) => ({ ...hash, salt: expect.any(Uint8Array) })));
  });

  it("is hashed for at sign-up as a name that is taken", async () => {
    const { identity } = createProvider();
    const derive = vi.spyOn(crypto.subtle, "deriveBits");
    await identity.signUp(ada);
    const first = derive.mock.calls.length;

    await identity.signUp(ada).catch(() => undefined);

    expect(derive.mock.calls.length).toBe(2 * first);
  });
});

describe("a password policy", () => {
  const policy = settingsOf({}).passwordPolicy;
  const reasonsOf = (password: string, changes = {}) => {
    try {
      checkPasswordPolicy({ ...policy, ...changes }, password, "password");
      return [];
    } catch (error) {
      return Object(error).violations.map(({ reason }: { reason: string }) => reason);
    }
  };

  it.each([
    ["Correct-Horse-7", []],
    ["Aa1!Aa1", ["too_short"]],
    ["correct-horse-7", ["missing_uppercase"]],
    ["CORRECT-HORSE-7", ["missing_lowercase"]],
    ["Correct-Horse", ["missing_digit"]],
    ["CorrectHorse7", ["missing_symbol"]],
    ["Correct Horse 7", []],
    [" CorrectHorse7 ", ["missing_symbol"]],
    ["ÀÉÎõü-١٢٣", ["missing_uppercase", "missing_lowercase", "missing_digit"]],
    [
      "",
      ["too_short", "missing_uppercase", "missing_lowercase", "missing_digit", "missing_symbol"],
    ],
    [`Aa1!${"x".repeat(253)}`, ["too_long"]],
    ["Correct-Horse-7\ud800", ["invalid_characters"]],
  ])("answers %j with %j", (password, reasons) => {
    expect(reasonsOf(password)).toEqual(reasons);
  });

  it.each([..."^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+-"])("takes %s for a symbol", (symbol) => {
    expect(reasonsOf(`Correct7${symbol}`)).toEqual([]);
  });

  it("counts characters and not UTF-16 code units", () => {
    expect(reasonsOf("Aa1!🔑🔑🔑")).toEqual(["too_short"]);
  });

  it("asks for less where it is told to", () => {
    const changes = { minimumLength: 6, requireSymbol: false, requireUppercase: false };

    expect(reasonsOf("horse7", changes)).toEqual([]);
  });

  it("blames the member that holds the password", async () => {
    const provider = createProvider();
    const { identity } = provider;
    const { accessToken } = await signUpAndIn(provider);
    const weak = { newPassword: "weak" };
    const calls = {
      password: identity.signUp({ ...ada, password: "weak" }),
      newPassword: identity.resetPassword({ ...ada, ...weak, code: "123456" }),
      newPasswordToo: identity.changePassword({ accessToken, currentPassword: "any", ...weak }),
    };

    await expect(calls.password).rejects.toMatchObject({ violations: at("password") });
    await expect(calls.newPassword).rejects.toMatchObject({ violations: at("newPassword") });
    await expect(calls.newPasswordToo).rejects.toMatchObject({ violations: at("newPassword") });
  });

  function at(member: string) {
    return ["too_short", "missing_uppercase", "missing_digit", "missing_symbol"].map((reason) => ({
      path: [member],
      reason,
    }));
  }
});

describe("a new password", () => {
  it("can be asked for by address or subject, with one code for both", async () => {
    const provider = createProvider();
    await signUpConfirmed(provider);
    const [{ username: subject } = { username: "" }] = provider.outbox.messagesFor(ada.username);

    await provider.identity.startPasswordReset({ username: subject });
    const code = lastCode(provider, ada.username, "password_reset");
    await provider.identity.resetPassword({ username: "ADA@EXAMPLE.COM", code, newPassword });

    await provider.identity.signIn({ username: subject, password: newPassword });
  });
});

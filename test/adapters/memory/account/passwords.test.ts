import { afterEach, describe, expect, it, vi } from "vitest";
import { createPasswordHasher } from "../../../../src/adapters/memory/credentials/password-hash.ts";
import {
  checkPasswordPolicy,
  inventPassword,
} from "../../../../src/adapters/memory/credentials/password-policy.ts";
import { settingsOf } from "../../../../src/adapters/memory/settings/settings.ts";
import {
  ada,
  challengeOf,
  createOpenProvider,
  createProvider,
  lastCode,
  newPassword,
  outcomeOf,
  outcomesOf,
  readPart,
  signIn,
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

describe("a password that is made up", () => {
  const drawing = (byte: number) => (length: number) => {
    return new Uint8Array(length).fill(byte, length - 1);
  };

  it("has one of each kind of character, and any of them after that", () => {
    const { passwordPolicy } = settingsOf({});
    const invent = (byte: number) => inventPassword({ passwordPolicy, randomBytes: drawing(byte) });

    expect(invent(0)).toBe(`Aa2#${"A".repeat(12)}`);
    // The last of the sixty.
    expect(invent(59)).toBe(`Qq5?${"?".repeat(12)}`);
  });

  it("is as long as the policy asks for, or longer", () => {
    const { passwordPolicy, randomBytes } = settingsOf({ passwordPolicy: { minimumLength: 20 } });

    expect(inventPassword({ passwordPolicy, randomBytes })).toHaveLength(20);
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
    [`Aa1!${"x".repeat(252)}`, []],
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
  it("ends every session where it is set with a code, and names them", async () => {
    const provider = createProvider();
    const { identity } = provider;
    const { accessToken, refreshToken } = await signUpAndIn(provider);
    const { sub: subject, origin_jti: sessionId } = readPart(accessToken, 1);
    await identity.startPasswordReset(ada);
    const code = lastCode(provider, ada.username, "password_reset");

    const ended = await identity.resetPassword({ ...ada, code, newPassword });

    expect(ended).toEqual({ ended: "all", subject, sessionIds: [sessionId] });
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
  });

  it("ends every other session where it takes the place of the current one, and names them", async () => {
    const provider = createProvider();
    const { identity } = provider;
    const other = await signUpAndIn(provider);
    const { accessToken, refreshToken } = await signIn(provider);
    const change = { accessToken, currentPassword: ada.password, newPassword };

    const ended = await identity.changePassword(change);

    const sessionIds = [readPart(other.accessToken, 1).origin_jti];
    expect(ended).toEqual({ ended: "others", sessionIds });
    expect(await outcomeOf(identity.refresh(other))).toBe("invalid_refresh_token");
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("done");
    expect(await outcomeOf(identity.signIn({ ...ada, password: newPassword }))).toBe("done");
  });

  it("lets whoever waits for an administrator wait on, and ends the need for one", async () => {
    const { identity, change, ...provider } = createOpenProvider();
    await signUpConfirmed({ identity, ...provider });
    const statuses: (string | undefined)[] = [];
    for (const status of ["approval_required", "password_reset_required"] as const) {
      change(ada.username, { status });
      await identity.startPasswordReset(ada);
      const code = lastCode(provider, ada.username, "password_reset");
      await identity.resetPassword({ ...ada, code, newPassword });
      statuses.push(provider.users.find(ada.username)?.status);
    }

    expect(statuses).toEqual(["approval_required", "confirmed"]);
  });

  it("is nothing to ask for on invitation, or for whoever is disabled", async () => {
    const { identity, change, ...provider } = createOpenProvider();
    await signUpConfirmed({ identity, ...provider });
    const ask = () => outcomeOf(identity.startPasswordReset(ada));
    change(ada.username, { status: "invited" });
    const invited = await ask();
    change(ada.username, { status: "confirmed", isEnabled: false });

    expect([invited, await ask()]).toEqual(["recovery_unavailable", "recovery_unavailable"]);
  });

  it("is none of those before it that are remembered, the latest first", async () => {
    const provider = createOpenProvider({ passwordHistory: 2 });
    const { identity, users } = provider;
    const { accessToken } = await signUpAndIn(provider);
    let currentPassword = ada.password;
    const ends: string[] = [];
    for (const next of [ada.password, newPassword, ada.password, "Third-Horse-9", ada.password]) {
      const change = { accessToken, currentPassword, newPassword: next };
      const end = await outcomeOf(identity.changePassword(change));
      if (end === "done") currentPassword = next;
      ends.push(end);
    }

    const reused = "password_reused";
    expect(ends).toEqual([reused, "done", reused, "done", "done"]);
    expect(users.find(ada.username)?.formerPasswords).toHaveLength(1);
  });

  it("makes wrong ones forgotten by the right one that it takes the place of", async () => {
    const provider = createProvider();
    const { identity } = provider;
    const { accessToken } = await signUpAndIn(provider);
    const fail = () => identity.signIn({ ...ada, password: "Wrong-Horse-7" });
    await outcomesOf(4, fail);

    await identity.changePassword({ accessToken, currentPassword: ada.password, newPassword });

    expect(await outcomesOf(5, fail)).toEqual(Array(5).fill("invalid_credentials"));
  });

  it("is held to the policy where it takes the place of a temporary one", async () => {
    const { identity, outbox, users } = createOpenProvider();
    const username = "bob@example.com";
    await identity.createUser({ username, attributes: {} });
    const password = outbox.messagesFor(username).at(-1)?.code ?? "";
    const { session } = await challengeOf(identity.signIn({ username, password }), "new_password");
    const answer = { type: "new_password", newPassword: "Weak-Horse", attributes: {} } as const;

    await expect(identity.answerChallenge({ session, answer })).rejects.toMatchObject({
      violations: [{ path: ["newPassword"], reason: "missing_digit" }],
    });
    expect(users.find(username)?.status).toBe("invited");
  });

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

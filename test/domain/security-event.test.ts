import { describe, expect, test } from "vitest";
import * as passwords from "../../src/domain/use-cases/passwords.ts";
import { updateProfile } from "../../src/domain/use-cases/profiles.ts";
import * as registration from "../../src/domain/use-cases/registration.ts";
import * as sessions from "../../src/domain/use-cases/sessions.ts";
import { account, createCore, newPassword, password, username } from "./use-cases/support.ts";

const policy = { takenUsername: "hidden", signUpStatus: "confirmation_required" } as const;

describe("the events of an account's life", () => {
  test("hold no token, code, password, user name or address, whether it went well or not", async () => {
    const { ports, events, lastCode, signedIn } = createCore();
    const input = { username, newPassword };

    await registration.signUp(ports, policy, account);
    await registration.signUp(ports, policy, account);
    const confirmation = lastCode();
    await registration.confirmSignUp(ports, { username, code: confirmation });
    await expect(sessions.signIn(ports, { username, password: newPassword })).rejects.toThrow();
    await sessions.signIn(ports, { username, password });
    const user = await signedIn();
    await updateProfile(ports, user, { attributes: { email: "grace@example.com" } });
    await passwords.forgotPassword(ports, { username });
    const reset = lastCode();
    await expect(passwords.resetPassword(ports, { ...input, code: "wrong" })).rejects.toThrow();
    await passwords.resetPassword(ports, { ...input, code: reset });
    await expect(sessions.refreshTokens(ports, user)).rejects.toThrow();
    await expect(sessions.authenticate(ports, user.accessToken)).rejects.toThrow();

    const secrets = [user.accessToken, user.refreshToken, confirmation, reset, password];
    const names = [newPassword, username, "grace@example.com", "Ada"];
    // Any digits can be in a time or an id.
    const text = JSON.stringify(events.map(({ at: _at, subject: _subject, ...rest }) => rest));
    expect([...secrets, ...names].filter((secret) => text.includes(secret))).toEqual([]);
    expect(new Set(events.map(({ subject }) => subject))).toEqual(
      new Set([undefined, user.principal.subject]),
    );
    expect(events).toHaveLength(11);
  });
});

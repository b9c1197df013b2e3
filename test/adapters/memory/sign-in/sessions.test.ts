import { describe, expect, it } from "vitest";
import type { User } from "../../../../src/adapters/memory/users/user.ts";
import {
  ada,
  createOpenProvider,
  lastCode,
  newPassword,
  outcomeOf,
  readPart,
  signIn,
  signUpAndIn,
  signUpConfirmed,
} from "../support.ts";

describe("signing in", () => {
  it.each<[string, Partial<User>, string]>([
    ["is disabled", { isEnabled: false }, "user_disabled"],
    ["is disabled and unconfirmed", { isEnabled: false, status: "unconfirmed" }, "user_disabled"],
    ["is unconfirmed", { status: "unconfirmed" }, "user_not_confirmed"],
    ["must reset the password", { status: "password_reset_required" }, "password_reset_required"],
  ])("tells only who knows the password that the account %s", async (_, changes, code) => {
    const provider = createOpenProvider();
    await signUpConfirmed(provider);
    provider.change(ada.username, changes);

    const wrong = await outcomeOf(provider.identity.signIn({ ...ada, password: newPassword }));
    const right = await outcomeOf(provider.identity.signIn(ada));

    expect([wrong, right]).toEqual(["invalid_credentials", code]);
  });
});

describe("a user who was disabled", () => {
  it("is refused with the tokens in hand, and sent no code", async () => {
    const provider = createOpenProvider();
    const { accessToken, refreshToken } = await signUpAndIn(provider);
    provider.change(ada.username, { isEnabled: false });
    const { identity } = provider;

    expect(await outcomeOf(identity.getProfile({ accessToken }))).toBe("token_revoked");
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
    expect(await outcomeOf(identity.startPasswordReset(ada))).toBe("recovery_unavailable");
  });
});

describe("a user who deleted the account", () => {
  it("leaves neither sessions nor messages, were the record to come back", async () => {
    const { identity, outbox, users } = createOpenProvider();
    const { accessToken, refreshToken } = await signUpAndIn({ identity, outbox });
    const user = users.find(ada.username);
    await identity.deleteAccount({ accessToken });
    const gone = await outcomeOf(identity.refresh({ refreshToken }));

    if (user) users.put(user);

    expect(gone).toBe("invalid_refresh_token");
    expect(user).toBeDefined();
    expect(users.find(ada.username)?.subject).toBe(user?.subject);
    expect(outbox.messagesFor(ada.username)).toEqual([]);
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
  });
});

describe("a user who must reset the password", () => {
  it("signs in with the new one", async () => {
    const provider = createOpenProvider();
    await signUpConfirmed(provider);
    provider.change(ada.username, { status: "password_reset_required" });
    await provider.identity.startPasswordReset(ada);
    const code = lastCode(provider, ada.username, "password_reset");

    await provider.identity.resetPassword({ ...ada, code, newPassword });

    await signIn(provider, { ...ada, password: newPassword });
  });
});

describe("refreshing", () => {
  it("reads the attributes anew", async () => {
    const provider = createOpenProvider();
    const { refreshToken } = await signUpAndIn(provider);
    const attributes = { email: "countess@example.com", name: "Ada" };
    provider.change(ada.username, { attributes, verified: new Set() });

    const { idToken = "" } = await provider.identity.refresh({ refreshToken });

    expect(readPart(idToken, 1)).toMatchObject({ ...attributes, email_verified: false });
  });
});

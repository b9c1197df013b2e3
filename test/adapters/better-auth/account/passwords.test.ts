import { describe, expect, test } from "vitest";
import {
  ada,
  createDatabaseFile,
  newPassword,
  outcomeOf,
  signIn,
  startWithAda,
  tokensOf,
} from "../support.ts";

/** A code that is not the one that was sent. */
function otherCode(code: string): string {
  return code === "000000" ? "000001" : "000000";
}

describe("a new password with Better Auth", () => {
  test("is set with the code that went to the proven address, and ends every session", async () => {
    const { identity, provider, tokens, lastCode, sent } = await startWithAda();
    const { accessToken, refreshToken } = await signIn(provider);
    const { subject, ...principal } = await tokens.verify(accessToken);

    const delivery = await identity.startPasswordReset(ada);
    const code = lastCode();
    const wrong = { ...ada, code: otherCode(code), newPassword };
    const refused = await outcomeOf(identity.resetPassword(wrong));
    const ended = await identity.resetPassword({ ...ada, code, newPassword });

    expect(delivery).toEqual({ medium: "email", destination: "a***@e***" });
    expect(sent.at(-1)).toMatchObject({ purpose: "password_reset", destination: ada.username });
    expect(refused).toBe("code_mismatch");
    const sessionIds = ["sessionId" in principal && principal.sessionId];
    expect(ended).toEqual({ ended: "all", subject, sessionIds });
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("invalid_refresh_token");
    expect((await identity.getUser(ada)).attributes).toMatchObject({ email_verified: true });
    expect(await outcomeOf(identity.signIn(ada))).toBe("invalid_credentials");
    expect(await outcomeOf(identity.signIn({ ...ada, password: newPassword }))).toBe("done");
  });

  test("is nothing to ask for without a proven address, on invitation, or for whoever is disabled", async () => {
    const { identity, sent } = await startWithAda();
    const named = (name: string) => ({ ...ada, username: `${name}@example.com` });
    const attributes = { email_verified: "true" };
    await identity.signUp(named("unproven"));
    await identity.createUser({ ...named("invited"), attributes });
    await identity.disableUser(ada);
    const before = sent.length;

    const ask = (user: { readonly username: string }) =>
      outcomeOf(identity.startPasswordReset(user));

    expect(await ask(named("unproven"))).toBe("recovery_unavailable");
    expect(await ask(named("invited"))).toBe("recovery_unavailable");
    expect(await ask(ada)).toBe("recovery_unavailable");
    expect(await ask(named("nobody"))).toBe("user_not_found");
    expect(sent).toHaveLength(before);
  });

  test("can be asked for ten times an hour", async () => {
    const { identity } = await startWithAda();
    const ends: string[] = [];
    while (ends.length < 11) ends.push(await outcomeOf(identity.startPasswordReset(ada)));

    expect(ends).toEqual([...Array(10).fill("done"), "too_many_attempts"]);
  });

  test("is nobody's to set who is not there", async () => {
    const { identity } = await startWithAda();
    const username = "nobody@example.com";

    const reset = identity.resetPassword({ username, code: "000000", newPassword });

    expect(await outcomeOf(reset)).toBe("code_mismatch");
  });

  test("confirms an account that had to set one, and none that waits for an administrator", async () => {
    const { start, lastCode } = await createDatabaseFile();
    const { identity } = start({ signUpApproval: true });
    const bob = { ...ada, username: "bob@example.com" };
    await identity.signUp(ada);
    await identity.signUp(bob);
    const attributes = { email_verified: "true" };
    for (const user of [ada, bob]) await identity.updateUser({ ...user, attributes });
    await identity.confirmUser(bob);
    await identity.requirePasswordReset(bob);
    const statuses: string[] = [];
    for (const user of [ada, bob]) {
      await identity.startPasswordReset(user);
      await identity.resetPassword({ ...user, code: lastCode(), newPassword });
      statuses.push((await identity.getUser(user)).status);
    }

    expect(statuses).toEqual(["approval_required", "confirmed"]);
  });

  test("takes the place of the current one, and ends the other sessions", async () => {
    const { identity, provider, tokens } = await startWithAda();
    const other = await tokens.verify((await signIn(provider)).accessToken);
    const { accessToken, refreshToken } = await signIn(provider);
    const change = { accessToken, currentPassword: ada.password, newPassword };

    const refused = await outcomeOf(
      identity.changePassword({ ...change, currentPassword: newPassword }),
    );
    const ended = await identity.changePassword(change);

    expect(refused).toBe("invalid_credentials");
    const sessionIds = ["sessionId" in other && other.sessionId];
    expect(ended).toEqual({ ended: "others", sessionIds });
    expect(await outcomeOf(identity.refresh({ refreshToken }))).toBe("done");
    tokensOf(await identity.signIn({ ...ada, password: newPassword }));
  });

  test("is refused where it is weak, before the code or the current one is looked at", async () => {
    const { identity, provider } = await startWithAda();
    const { accessToken } = await signIn(provider);
    const weak = { newPassword: "short" };

    const reset = identity.resetPassword({ ...ada, ...weak, code: "none" });
    const change = identity.changePassword({ accessToken, currentPassword: "none", ...weak });

    for (const refused of [reset, change])
      await expect(refused).rejects.toMatchObject({
        code: "password_policy_violation",
        violations: [{ path: ["newPassword"], reason: "too_short" }],
      });
  });
});

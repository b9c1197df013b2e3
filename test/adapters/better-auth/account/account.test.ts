import { readFile } from "node:fs/promises";
import { DatabaseSync } from "node:sqlite";
import { betterAuth } from "better-auth";
import { describe, expect, test } from "vitest";
import {
  ada,
  newPassword,
  outcomeOf,
  quickHashing,
  secret,
  signIn,
  startWithAda,
} from "../support.ts";

describe("accounts with Better Auth", () => {
  test("sign in with Better Auth itself on the same database", async () => {
    const { path, provider } = await startWithAda();
    const database = new DatabaseSync(path);
    const { api } = betterAuth({
      database,
      secret,
      baseURL: "https://app.example.com",
      telemetry: { enabled: false },
      emailAndPassword: { enabled: true, requireEmailVerification: true, password: quickHashing },
    });
    const { accessToken } = await signIn(provider);
    const { subject } = await provider.identity.getProfile({ accessToken });

    const body = { email: ada.username, password: ada.password };
    const { user } = await api.signInEmail({ body });

    expect(user.id).toBe(subject);
    await provider.identity.signOutEverywhere({ accessToken });
    const ended = database.prepare("SELECT porticoEnded FROM session").all();
    database.close();
    expect(ended).toEqual([{ porticoEnded: 1 }, { porticoEnded: 1 }]);
  });

  test("hash passwords slowly unless told otherwise", async () => {
    const { start } = await startWithAda();
    const defaults = start({ clock: Date });
    const bob = { ...ada, username: "bob@example.com" };
    const sent: string[] = [];
    const { identity } = start({ sendMessage: ({ code }) => void sent.push(code) });
    await defaults.close();
    await identity.signUp(bob);

    expect(await outcomeOf(identity.signIn({ ...bob, password: newPassword }))).toBe(
      "invalid_credentials",
    );
    expect(await outcomeOf(identity.signIn(bob))).toBe("user_not_confirmed");
  });

  test("leave neither codes nor refresh tokens nor names of strangers in the database", async () => {
    const { path, provider, lastCode, identity } = await startWithAda();
    const { refreshToken } = await signIn(provider);
    await identity.startPasswordReset(ada);
    await outcomeOf(identity.signIn({ username: "stranger@example.com", password: newPassword }));
    const code = lastCode();
    const tag = refreshToken.split(".")[1] ?? "";
    await provider.close();

    const bytes = await readFile(path, "latin1");

    expect(bytes).toContain(ada.username);
    expect(tag).toMatch(/^.{43}$/);
    for (const kept of [`"${code}"`, tag, "stranger", ada.password])
      expect(bytes).not.toContain(kept);
  });

  test("take a new address once it was proven, and show the old one until then", async () => {
    const { identity, provider, lastCode } = await startWithAda();
    const { accessToken } = await signIn(provider);
    const attributes = { email: "countess@example.com", name: "Ada", nickname: "A" };

    const deliveries = await identity.updateAttributes({ accessToken, attributes });

    expect(deliveries).toEqual([
      { attribute: "email", delivery: { medium: "email", destination: "c***@e***" } },
    ]);
    const before = await identity.getProfile({ accessToken });
    expect(before.attributes).toMatchObject({ email: ada.username, name: "Ada" });
    const proof = { accessToken, attribute: "email", code: lastCode() };
    await identity.confirmAttribute(proof);
    const after = await identity.getProfile({ accessToken });
    expect(after.attributes).toMatchObject({ email: attributes.email, email_verified: true });
    expect(await outcomeOf(identity.confirmAttribute(proof))).toBe("code_expired");
    expect(await outcomeOf(identity.signIn(ada))).toBe("invalid_credentials");
  });

  test("prove the new address with a code that was asked for again", async () => {
    const { identity, provider, sent, lastCode } = await startWithAda();
    const { accessToken } = await signIn(provider);
    const attributes = { email: "countess@example.com" };
    await identity.updateAttributes({ accessToken, attributes });

    await identity.startAttributeVerification({ accessToken, attribute: "email" });
    await identity.confirmAttribute({ accessToken, attribute: "email", code: lastCode() });

    expect(sent.at(-1)?.destination).toBe(attributes.email);
    expect((await identity.getProfile({ accessToken })).attributes).toMatchObject(attributes);
  });

  test("take another account's address like any other until its code, and delete what is blank", async () => {
    const { identity, provider, lastCode } = await startWithAda();
    await identity.createUser({ username: "bob@example.com", attributes: {} });
    const { accessToken } = await signIn(provider);
    await identity.updateAttributes({ accessToken, attributes: { name: "Ada" } });

    const update = (attributes: Record<string, string>) =>
      outcomeOf(identity.updateAttributes({ accessToken, attributes }));

    expect(await update({ email: "bob@example.com" })).toBe("done");
    const proof = { accessToken, attribute: "email", code: lastCode() };
    expect(await outcomeOf(identity.confirmAttribute(proof))).toBe("alias_taken");
    expect(await update({ email: "" })).toBe("validation_failed");
    expect(await update({ sub: "x" })).toBe("attribute_not_writable");
    expect(await update({ name: "" })).toBe("done");
    const { attributes } = await identity.getProfile({ accessToken });
    expect(attributes).toEqual({ email: ada.username, email_verified: true });
  });

  test("list their sessions, and end another one", async () => {
    const { identity, provider, clock } = await startWithAda();
    const old = await signIn(provider);
    clock.advance(10);
    const { accessToken } = await signIn(provider);
    const list = async () => (await identity.listSessions({ accessToken, limit: 60 })).items;
    const [current, other] = await list();

    const sessionId = other?.id ?? "";
    await identity.endSession({ accessToken, sessionId });

    expect([current?.isCurrent, other?.isCurrent]).toEqual([true, false]);
    expect(await outcomeOf(identity.refresh(old))).toBe("invalid_refresh_token");
    expect(await list()).toHaveLength(1);
    expect(await outcomeOf(identity.endSession({ accessToken, sessionId }))).toBe("done");
    const own = { accessToken, sessionId: current?.id ?? "" };
    expect(await outcomeOf(identity.endSession(own))).toBe("conflict");
    const unknown = { accessToken, sessionId: "unknown" };
    expect(await outcomeOf(identity.endSession(unknown))).toBe("not_found");
  });
});

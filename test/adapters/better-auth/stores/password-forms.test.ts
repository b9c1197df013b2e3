import { DatabaseSync } from "node:sqlite";
import { betterAuth } from "better-auth";
import { describe, expect, test } from "vitest";
import { createBetterAuthIdentityProvider } from "../../../../src/adapters/better-auth/index.ts";
import { ada, outcomeOf, quickHashing, secret, startWithAda } from "../support.ts";

/** As it was typed, and what NFKC makes of it. */
const wide = "\uff23\uff4f\uff52\uff52\uff45\uff43\uff54\uff0dHorse-\u2460";
const plain = "Correct-Horse-1";

/** Starts a provider and gives a way to let Ada's hash be one from before, or of Better Auth itself. */
async function startWithOldHash(password: string) {
  const started = await startWithAda();
  const database = new DatabaseSync(started.path);
  const hash = await quickHashing.hash(password);
  database.prepare("UPDATE account SET password = ?, porticoPassword = NULL").run(hash);
  database.close();
  const signInWith = (typed: string) =>
    outcomeOf(started.identity.signIn({ ...ada, password: typed }));
  return { ...started, signInWith };
}

/**
 * @see https://www.unicode.org/reports/tr15/
 * @see https://nvd.nist.gov/vuln/detail/CVE-2026-19611
 */
describe("passwords with Better Auth", () => {
  test("are those that were set, under its own hash too", async () => {
    const { path, lastCode, sent, provider } = await startWithAda();
    await provider.close();
    const { identity, settled, close } = createBetterAuthIdentityProvider({
      databaseUrl: `file:${path}`,
      secret,
      sendMessage: (message) => void sent.push(message),
      // However busy the machine is that this runs on.
      timeoutMs: 30_000,
    });
    const bob = { username: "bob@example.com", password: wide, attributes: {} };
    await identity.signUp(bob);
    await settled();
    await identity.confirmSignUp({ ...bob, code: lastCode() });

    const outcomes = [
      await outcomeOf(identity.signIn({ ...bob, password: plain })),
      await outcomeOf(identity.signIn(bob)),
    ];
    await close();

    expect(outcomes).toEqual(["invalid_credentials", "done"]);
  });

  test("of before are taken in the form that Better Auth hashed, and are exact from then on", async () => {
    const { signInWith } = await startWithOldHash(plain);

    expect(await signInWith(wide)).toBe("done");
    expect(await signInWith(plain)).toBe("invalid_credentials");
    expect(await signInWith(wide)).toBe("done");
  });

  test("of before that have one form only stay Better Auth's, and take no other form", async () => {
    const { signInWith, path } = await startWithOldHash(plain);

    expect(await signInWith(plain)).toBe("done");
    expect(await signInWith(wide)).toBe("invalid_credentials");
    const database = new DatabaseSync(path);
    const rows = database.prepare("SELECT password FROM account").all();
    database.close();
    expect(rows).toEqual([{ password: await quickHashing.hash(plain) }]);
  });

  test("that were wrong make no old hash exact", async () => {
    const { signInWith } = await startWithOldHash(plain);

    expect(await signInWith("Battery-Staple-8")).toBe("invalid_credentials");
    expect(await signInWith(wide)).toBe("done");
  });

  test("that Better Auth itself replaced are taken as it takes them", async () => {
    const { path, identity } = await startWithAda();
    await identity.signIn(ada);
    const database = new DatabaseSync(path);
    database.prepare("UPDATE account SET password = ?").run(await quickHashing.hash(wide));
    database.close();

    expect(await outcomeOf(identity.signIn({ ...ada, password: wide }))).toBe("done");
    expect(await outcomeOf(identity.signIn(ada))).toBe("invalid_credentials");
  });

  test("of one form only sign in with Better Auth beside us, and others do not", async () => {
    const { path, provider, lastCode } = await startWithAda();
    const bob = { username: "bob@example.com", password: wide, attributes: {} };
    await provider.identity.signUp(bob);
    await provider.identity.confirmSignUp({ ...bob, code: lastCode() });
    const database = new DatabaseSync(path);
    const { api } = betterAuth({
      database,
      secret,
      baseURL: "https://app.example.com",
      telemetry: { enabled: false },
      logger: { disabled: true },
      emailAndPassword: { enabled: true, requireEmailVerification: true, password: quickHashing },
    });

    const { user } = await api.signInEmail({
      body: { email: ada.username, password: ada.password },
    });
    const refused = await api
      .signInEmail({ body: { email: bob.username, password: wide } })
      .catch((error: unknown) => error);
    database.close();

    expect(user.email).toBe(ada.username);
    expect(refused).toMatchObject({ body: { code: "INVALID_EMAIL_OR_PASSWORD" } });
  });
});

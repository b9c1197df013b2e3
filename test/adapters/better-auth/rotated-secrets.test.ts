import { DatabaseSync } from "node:sqlite";
import { symmetricDecrypt } from "better-auth/crypto";
import { describe, expect, test } from "vitest";
import { totpAt } from "../../../src/adapters/shared/totp.ts";
import {
  ada,
  challengeOf,
  newPassword,
  secret as old,
  outcomeOf,
  type Provider,
  signIn,
  startWithAda,
  tokensOf,
} from "./support.ts";

const fresh = "another secret of thirty-two characters";

/** A user with an authenticator app, and its codes. */
async function startWithApp() {
  const world = await startWithAda();
  const { identity } = world.provider;
  const tokens = await signIn(world.provider);
  const { secret } = await identity.startTotp(tokens);
  const nextCode = async () => {
    world.clock.advance(30);
    return totpAt(secret, world.clock.now());
  };
  await identity.confirmTotp({ ...tokens, code: await nextCode() });
  await identity.setMfa({ ...tokens, enabled: ["totp"] });
  return { ...world, tokens, nextCode };
}

async function answerWith({ identity }: Pick<Provider, "identity">, session: string, code: string) {
  return identity.answerChallenge({ session, answer: { type: "totp", code } });
}

describe("the secret of Better Auth", () => {
  test("is replaced with nobody signed out, and no challenge broken", async () => {
    const { provider, start, tokens, nextCode } = await startWithApp();
    const { session } = challengeOf(await provider.identity.signIn(ada));
    await provider.close();

    const both = start({ secret: [fresh, old] });
    const ended = await answerWith(both, session, await nextCode());
    const refreshed = await both.identity.refresh(tokens);

    expect((await both.tokens.verify(tokens.accessToken)).subject).toBeDefined();
    expect((await both.tokens.verify(tokensOf(ended).accessToken)).subject).toBeDefined();
    expect((await both.tokens.verify(refreshed.accessToken)).subject).toBeDefined();
  });

  test("is needed no more for keys and apps, once the service has run with both", async () => {
    const { provider, start, tokens, nextCode } = await startWithApp();
    const before = (await provider.keys.current()).keys;
    await provider.close();
    const both = start({ secret: [fresh, old] });
    await both.keys.current();
    await both.close();

    const after = start({ secret: fresh });
    const { session } = challengeOf(await after.identity.signIn(ada));
    const ended = await answerWith(after, session, await nextCode());

    expect((await after.keys.current()).keys).toEqual(before);
    expect((await after.tokens.verify(tokensOf(ended).accessToken)).subject).toBeDefined();
    expect(await outcomeOf(after.identity.refresh(tokens))).toBe("invalid_refresh_token");
  });

  test("may come last first, and both kinds of instance read what the other wrote", async () => {
    const { provider, start, nextCode } = await startWithApp();
    await provider.close();
    const first = start({ secret: [old, fresh] });
    const begun = challengeOf(await first.identity.signIn(ada));
    const second = start({ secret: [fresh, old] });

    const ended = await answerWith(second, begun.session, await nextCode());
    const again = challengeOf(await second.identity.signIn(ada));
    const back = await answerWith(first, again.session, await nextCode());

    expect((await first.tokens.verify(tokensOf(ended).accessToken)).subject).toBeDefined();
    expect((await second.tokens.verify(tokensOf(back).accessToken)).subject).toBeDefined();
  });

  test("takes a code that was sent before, counts guesses on, and spends a code of an app once", async () => {
    const { provider, start, lastCode, nextCode } = await startWithApp();
    const code = await nextCode();
    const used = challengeOf(await provider.identity.signIn(ada));
    await answerWith(provider, used.session, code);
    await provider.identity.startPasswordReset(ada);
    const sent = lastCode();
    const wrong = { username: ada.username, code: sent === "111111" ? "222222" : "111111" };
    for (let times = 0; times < 4; times += 1)
      await outcomeOf(provider.identity.resetPassword({ ...wrong, newPassword }));
    await provider.close();

    const { identity } = start({ secret: [fresh, old] });
    const { session } = challengeOf(await identity.signIn(ada));
    const replayed = await outcomeOf(answerWith({ identity }, session, code));
    const fifth = await outcomeOf(identity.resetPassword({ ...wrong, newPassword }));
    const right = { username: ada.username, code: sent, newPassword };

    expect([replayed, fifth]).toEqual(["code_mismatch", "code_mismatch"]);
    expect(await outcomeOf(identity.resetPassword(right))).toBe("too_many_attempts");
  });

  test("leaves the database readable by a Better Auth that knows the newest alone", async () => {
    const { provider, start, path } = await startWithApp();
    await provider.close();
    const both = start({ secret: [fresh, old] });
    await both.keys.current();
    await both.close();

    const database = new DatabaseSync(path);
    const apps = database.prepare('SELECT secret FROM "twoFactor"').all();
    const keys = database.prepare('SELECT "privateKey" FROM jwks').all();
    database.close();

    const sealed = [
      ...apps.map(({ secret }) => String(secret)),
      ...keys.map(({ privateKey }) => JSON.parse(String(privateKey))),
    ];
    expect(sealed.length).toBeGreaterThan(1);
    for (const data of sealed) {
      await expect(symmetricDecrypt({ key: fresh, data })).resolves.toBeDefined();
      await expect(symmetricDecrypt({ key: old, data })).rejects.toThrow();
    }
  });

  test("opens nothing that is another's", async () => {
    const { provider, start, tokens } = await startWithApp();
    const { session } = challengeOf(await provider.identity.signIn(ada));
    await provider.close();

    const { identity } = start({ secret: [fresh, "a third secret of thirty-two characters"] });

    expect(await outcomeOf(identity.refresh(tokens))).toBe("invalid_refresh_token");
    expect(await outcomeOf(answerWith({ identity }, session, "123456"))).toBe("challenge_expired");
  });
});

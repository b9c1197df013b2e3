import { describe, expect, test } from "vitest";
import { outcomeOf } from "../../memory/support.ts";
import { startGuards } from "../guards-support.ts";
import { totpApp } from "../totp-app.ts";

const day = 24 * 3600;

/** Starts the store, with ways to begin with an app, to confirm it and to use it. */
async function start() {
  const guards = await startGuards();
  const { totp, clock } = guards;
  const [ada, bob] = [await guards.newUser("ada"), await guards.newUser("bob")];
  const newApp = async () => totpApp((await totp.start(ada)).secret, clock);
  const confirm = (code: string) => outcomeOf(totp.confirm(ada, code));
  const use = (code: string) => outcomeOf(totp.use(ada, code));
  return { ...guards, ada, bob, newApp, confirm, use };
}

describe("authenticator apps in Better Auth's table", () => {
  test("have a secret of 256 bits, another each time", async () => {
    const { totp, ada } = await start();
    const [one, other] = [await totp.start(ada), await totp.start(ada)];

    expect(one.secret).toMatch(/^[A-Z2-7]{52}$/);
    expect(one.secret).not.toBe(other.secret);
  });

  test("are in use once they were confirmed, by a code that is good once", async () => {
    const { totp, newApp, confirm, use, clock, ada, bob } = await start();
    const app = await newApp();
    const before = [await totp.has(ada), await use(await app.code())];

    const confirmed = await confirm(await app.code());

    expect(before).toEqual([false, "code_mismatch"]);
    expect(confirmed).toBe("done");
    expect(await totp.has(ada)).toBe(true);
    expect(await totp.has(bob)).toBe(false);
    expect(await use(await app.code())).toBe("code_mismatch");
    clock.advance(30);
    expect(await use(await app.code())).toBe("done");
    expect(await use(await app.code())).toBe("code_mismatch");
  });

  test("take no code from before the last one, in as long as it would be good", async () => {
    const { newApp, confirm, use, clock } = await start();
    const app = await newApp();
    await confirm(await app.code());
    clock.advance(60);
    const earlier = await app.code();
    clock.advance(30);
    await use(await app.code());

    expect(await use(earlier)).toBe("code_mismatch");
  });

  test("are not confirmed by a wrong code, where none was begun with, or twice", async () => {
    const { newApp, confirm, clock } = await start();
    const none = await confirm("000000");
    const app = await newApp();
    const code = await app.code();
    const wrong = await confirm(code === "000000" ? "000001" : "000000");
    const right = await confirm(code);
    clock.advance(30);

    const again = await confirm(await app.code());

    expect([none, wrong, right, again]).toEqual([
      "code_mismatch",
      "code_mismatch",
      "done",
      "code_mismatch",
    ]);
  });

  test("can be confirmed for a day", async () => {
    const { newApp, confirm, clock } = await start();
    const [late] = [await newApp()];
    clock.advance(day);
    const tooLate = await confirm(await late.code());
    const app = await newApp();
    clock.advance(day - 1);

    expect([tooLate, await confirm(await app.code())]).toEqual(["code_mismatch", "done"]);
  });

  test("are one user's own, whoever else confirms one", async () => {
    const { totp, newApp, confirm, clock, bob } = await start();
    const other = totpApp((await totp.start(bob)).secret, clock);
    await totp.confirm(bob, await other.code());
    const app = await newApp();

    expect(await confirm(await app.code())).toBe("done");
    expect(await totp.has(bob)).toBe(true);
  });

  test("take the place of the one before, and leave Better Auth a row that it can read", async () => {
    const { rows, decrypt, newApp, confirm, use, clock, ada } = await start();
    const former = await newApp();
    await confirm(await former.code());
    clock.advance(60);
    const app = await newApp();
    const stillUsed = await use(await former.code());
    await confirm(await app.code());
    clock.advance(60);

    expect(stillUsed).toBe("done");
    expect(await use(await former.code())).toBe("code_mismatch");
    expect(await use(await app.code())).toBe("done");
    const found = await rows.findMany<{ verified: boolean; backupCodes: string }>({
      model: "twoFactor",
    });
    expect(found).toMatchObject([{ userId: ada, verified: true }]);
    expect(await decrypt(found[0]?.backupCodes ?? "")).toBe("[]");
  });
});

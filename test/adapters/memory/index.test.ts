import { describe, expect, it } from "vitest";
import { memoryFromEnv } from "../../../src/adapters/memory/index.ts";
import type { Environment } from "../../../src/adapters/shared/settings.ts";
import { ada, adjustableClock, readPart, tokensOf } from "./support.ts";

function start(environment: Environment = {}) {
  const read = memoryFromEnv.read(environment);
  if (!read.ok) throw new Error(read.faults.join());
  const lines: string[] = [];
  const clock = adjustableClock();
  return {
    ...read.value({ clock, isRevoked: () => false, print: (line) => lines.push(line) }),
    clock,
    lines,
  };
}

describe("the in-memory provider of the service", () => {
  it("prints each code as a line that a person can read", async () => {
    const { identity, outbox, lines } = start();
    await identity.signUp(ada);
    const [confirmation] = outbox?.messagesFor(ada.username) ?? [];
    await identity.confirmSignUp({ ...ada, code: confirmation?.code ?? "" });

    await identity.startPasswordReset(ada);

    const reset = outbox?.messagesFor(ada.username).at(-1);
    expect(lines).toEqual([
      `✉ email to ada@example.com: your sign-up confirmation code is ${confirmation?.code}`,
      `✉ email to ada@example.com: your password reset code is ${reset?.code}`,
    ]);
  });

  it("warns that users are in memory only and that codes are for anyone to read", () => {
    const { notice } = start();

    expect(notice).toMatch(/WARNING.*memory/);
    expect(notice).toContain("/dev/outbox");
  });

  it("verifies its own tokens by its own keys, on the clock that it is given", async () => {
    const { identity, tokens, clock } = start({ MEMORY_AUTO_CONFIRM: "true" });
    await identity.signUp(ada);
    const { accessToken } = await tokensOf(identity.signIn(ada));

    const principal = await tokens.verify(accessToken);
    clock.advance(3700);

    expect(principal).toMatchObject({ kind: "user", subject: readPart(accessToken, 1).sub });
    await expect(tokens.verify(accessToken)).rejects.toMatchObject({ code: "token_expired" });
  });

  it("takes its settings from the environment", async () => {
    const { identity } = start({
      MEMORY_AUTO_CONFIRM: "true",
      MEMORY_SIGN_IN_MODEL: "username",
      MEMORY_ACCESS_TOKEN_SECONDS: "90",
    });
    await identity.signUp({ ...ada, username: "ada" });

    const tokens = await tokensOf(identity.signIn({ ...ada, username: "ada" }));

    expect(tokens.expiresIn).toBe(90);
    const { iat, exp } = readPart(tokens.idToken ?? "", 1);
    expect(Number(exp) - Number(iat)).toBe(90);
  });

  it("puts administrators into their group, and lets all others wait for one", async () => {
    const { identity } = start({
      MEMORY_AUTO_CONFIRM: "true",
      MEMORY_SIGN_UP_APPROVAL: "true",
      MEMORY_ADMINS: "grace@example.com, ada@example.com",
    });
    const others = await identity.signUp({ ...ada, username: "eve@example.com" });
    await identity.signUp(ada);

    const { accessToken } = await tokensOf(identity.signIn(ada));

    expect(others).toEqual({ status: "approval_required" });
    expect(readPart(accessToken, 1)["cognito:groups"]).toEqual(["admins"]);
  });

  it.each([
    ["MEMORY_SIGN_UP_APPROVAL", "secret"],
    ["MEMORY_AUTO_CONFIRM", "secret"],
    ["MEMORY_SIGN_IN_MODEL", "secret"],
    ["MEMORY_ACCESS_TOKEN_SECONDS", "0"],
    ["MEMORY_ACCESS_TOKEN_SECONDS", "86401"],
    ["MEMORY_ACCESS_TOKEN_SECONDS", "1e3"],
  ])("names %s where it is faulty, as with %j, and shows no value", (name, value) => {
    const read = memoryFromEnv.read({ [name]: value });

    expect(read).toEqual({ ok: false, faults: [expect.stringMatching(`^${name}: `)] });
    expect(JSON.stringify(read)).not.toContain("secret");
  });

  it("names each setting that it reads", () => {
    expect(memoryFromEnv.settingNames).toEqual([
      "MEMORY_SIGN_IN_MODEL",
      "MEMORY_AUTO_CONFIRM",
      "MEMORY_ADMINS",
      "MEMORY_SIGN_UP_APPROVAL",
      "MEMORY_ACCESS_TOKEN_SECONDS",
      "PASSWORD_HASHES_AT_ONCE",
      "MEMORY_PASSKEY_ORIGINS",
    ]);
  });
});

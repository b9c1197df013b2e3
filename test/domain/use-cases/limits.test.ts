import { describe, expect, test } from "vitest";
import { createMemoryRateLimiter } from "../../../src/adapters/memory/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import { defaultLimitPolicies } from "../../../src/domain/rate-limit-policies.ts";
import { type Attempt, limited } from "../../../src/domain/use-cases/limits.ts";
import { forgotPassword, resetPassword } from "../../../src/domain/use-cases/passwords.ts";
import { signUp } from "../../../src/domain/use-cases/registration.ts";
import { answerChallenge, refreshTokens, signIn } from "../../../src/domain/use-cases/sessions.ts";
import type { Ports } from "../../../src/ports/index.ts";
import { failing } from "../../support/memory-ports.ts";
import { account, createCore, password, username } from "./support.ts";

/** A core with the limits that a service has, by a clock that is set, on a provider that never locks by itself. */
function createLimitedCore(change?: (ports: Ports) => Partial<Ports>) {
  let now = 1_800_000_000_000;
  const clock = { now: () => now };
  const limits = { limiter: createMemoryRateLimiter({ clock }), policies: defaultLimitPolicies };
  const core = createCore({}, (ports) => ({ ...change?.(ports), limits }));
  return {
    ...core,
    pass(seconds: number) {
      now += seconds * 1000;
    },
  };
}

const wrong = "Wrong-Horse-999";
const home = "203.0.113.7";
const addressOf = (index: number) => `198.51.${index >> 8}.${index & 255}`;

/** How often in a row something ends in each way. */
async function outcomes(
  count: number,
  call: (index: number) => Promise<unknown>,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  for (let index = 0; index < count; index += 1) {
    const outcome = await call(index).then(
      () => "done",
      (error: unknown) => (error instanceof IdentityError ? error.code : "something else"),
    );
    found[outcome] = (found[outcome] ?? 0) + 1;
  }
  return found;
}

const refusing = () => failing("signIn", new IdentityError("invalid_credentials"));

describe("sign-ins of one address", () => {
  test("are thirty over any number of names, whether anybody has them or not", async () => {
    const { ports, signedUp } = createLimitedCore();
    await signedUp();
    const guess = (index: number) =>
      signIn(ports, {
        username: index % 3 === 0 ? username : `nobody${index}@example.com`,
        password: wrong,
        callerAddress: home,
      });

    const found = await outcomes(1500, guess);

    expect(found.invalid_credentials).toBeLessThanOrEqual(30);
    expect((found.rate_limited ?? 0) + (found.too_many_attempts ?? 0)).toBeGreaterThan(1400);
  });

  test("are four for one name, and then one in sixteen minutes, so that no provider locks the owner out", async () => {
    const { ports, pass } = createLimitedCore(refusing());
    const guess = () => signIn(ports, { username, password: wrong, callerAddress: home });

    expect(await outcomes(50, guess)).toEqual({ invalid_credentials: 4, too_many_attempts: 46 });
    pass(15 * 60);
    expect(await outcomes(5, guess)).toEqual({ too_many_attempts: 5 });
    pass(61);
    expect(await outcomes(5, guess)).toEqual({ invalid_credentials: 1, too_many_attempts: 4 });
  });

  test("are counted alike for a name however its case is, and for all of a network of IPv6", async () => {
    const { ports } = createLimitedCore(refusing());
    const names = ["ada@example.com", "ADA@example.com", "Ada@Example.com"];
    const guess = (index: number) =>
      signIn(ports, {
        username: names[index % 3] ?? "",
        password: wrong,
        callerAddress: `2001:db8:1:2::${index.toString(16)}`,
      });

    expect((await outcomes(30, guess)).invalid_credentials).toBe(4);
  });

  test("cost those who get in nothing", async () => {
    const { ports, signedUp } = createLimitedCore();
    await signedUp();
    const enter = () => signIn(ports, { username, password, callerAddress: home });

    expect(await outcomes(100, enter)).toEqual({ done: 100 });
  });

  test("begin anew for the name with the right password", async () => {
    const { ports, signedUp } = createLimitedCore();
    await signedUp();
    const tries = [wrong, wrong, wrong, password, wrong, wrong, wrong, password];
    const attempt = (index: number) =>
      signIn(ports, { username, password: tries[index] ?? "", callerAddress: home });

    expect(await outcomes(tries.length, attempt)).toEqual({ invalid_credentials: 6, done: 2 });
  });

  test("are not counted where the provider is down", async () => {
    const { ports } = createLimitedCore(failing("signIn", new IdentityError("provider_timeout")));
    const attempt = () => signIn(ports, { username, password, callerAddress: home });

    expect(await outcomes(100, attempt)).toEqual({ provider_timeout: 100 });
  });

  test("that are many at once do not get past each other", async () => {
    const { ports } = createLimitedCore(refusing());
    const guess = () => signIn(ports, { username, password: wrong, callerAddress: home });

    const all = await Promise.allSettled(Array.from({ length: 50 }, guess));

    const compared = all.filter(
      (each) => each.status === "rejected" && each.reason.code === "invalid_credentials",
    );
    expect(compared).toHaveLength(4);
  });
});

describe("sign-ins from many addresses", () => {
  const attack = (ports: Ports, count: number) =>
    outcomes(count, (index) =>
      signIn(ports, { username, password: wrong, callerAddress: addressOf(index) }),
    );

  test("are twenty for one name", async () => {
    const { ports } = createLimitedCore(refusing());

    expect(await attack(ports, 200)).toEqual({ invalid_credentials: 20, too_many_attempts: 180 });
  });

  test("do not keep the owner out of where they signed in before", async () => {
    const { ports, memory, pass } = createLimitedCore();
    await memory.identity.signUp(account);
    const enter = (callerAddress: string) => signIn(ports, { username, password, callerAddress });
    const { outbox } = memory;
    const code = outbox.messagesFor(username).at(-1)?.code ?? "";
    await memory.identity.confirmSignUp({ username, code });
    await enter(home);
    const { limits } = ports;
    // As an attack leaves it: the provider's own lock is another matter.
    const policy = defaultLimitPolicies.find((line) => line.policy === "sign_in_by_account");
    if (!policy || !limits) throw new Error("there is no such limit");
    for (let count = 0; count < 20; count += 1)
      await limits.limiter.take([{ ...policy, key: username }]);

    await expect(enter("192.0.2.1")).rejects.toMatchObject({ code: "too_many_attempts" });
    expect((await enter(home)).status).toBe("signed_in");
    pass(31 * 86_400);
    for (let count = 0; count < 20; count += 1)
      await limits.limiter.take([{ ...policy, key: username }]);
    await expect(enter(home)).rejects.toMatchObject({ code: "too_many_attempts" });
  });
});

describe("codes", () => {
  test("are guessed ten times an hour for one name, and the right one is refused then", async () => {
    const { ports, signedUp, lastCode } = createLimitedCore();
    await signedUp();
    await forgotPassword(ports, { username, callerAddress: home });
    const input = { username, newPassword: "Another-Horse-8" };
    const guess = (index: number) =>
      resetPassword(ports, { ...input, code: "none", callerAddress: addressOf(index) });

    const found = await outcomes(40, guess);

    expect((found.code_mismatch ?? 0) + (found.too_many_attempts ?? 0)).toBe(40);
    expect(found.code_mismatch).toBeLessThanOrEqual(10);
    await expect(
      resetPassword(ports, { ...input, code: lastCode(), callerAddress: home }),
    ).rejects.toMatchObject({ code: "too_many_attempts" });
  });

  test("are sent once a minute and three times an hour, with the same answer each time", async () => {
    const { ports, memory, signedUp, pass } = createLimitedCore();
    await signedUp();
    const before = memory.outbox.messagesFor(username).length;
    const ask = (index: number) =>
      forgotPassword(ports, { username, callerAddress: addressOf(index) });

    expect(await outcomes(5, ask)).toEqual({ done: 5 });
    expect(memory.outbox.messagesFor(username)).toHaveLength(before + 1);
    for (let minute = 0; minute < 10; minute += 1) {
      pass(61);
      expect(await outcomes(1, ask)).toEqual({ done: 1 });
    }
    expect(memory.outbox.messagesFor(username)).toHaveLength(before + 3);
  });

  test("are asked for ten times an hour from one address", async () => {
    const { ports } = createLimitedCore();
    const ask = (index: number) =>
      forgotPassword(ports, { username: `user${index}@example.com`, callerAddress: home });

    expect(await outcomes(30, ask)).toEqual({ done: 10, rate_limited: 20 });
  });

  test("of challenges are guessed thirty times an hour from one address", async () => {
    const { ports } = createLimitedCore();
    const guess = () =>
      answerChallenge(ports, {
        session: "none",
        answer: { type: "totp", code: "123456" },
        callerAddress: home,
      });

    expect(await outcomes(40, guess)).toEqual({ challenge_expired: 30, rate_limited: 10 });
  });
});

test("sign-ups are ten an hour from one address, whether they end well or not", async () => {
  const { ports } = createLimitedCore();
  const policy = { takenUsername: "hidden", signUpStatus: "confirmation_required" } as const;
  const join = (index: number) =>
    signUp(ports, policy, { ...account, username: `u${index}@example.com`, callerAddress: home });

  expect(await outcomes(30, join)).toEqual({ done: 10, rate_limited: 20 });
});

test("refreshes are sixty a minute for one token", async () => {
  const { ports, caller } = createLimitedCore();
  const { refreshToken } = await caller();
  const refresh = () => refreshTokens(ports, { refreshToken, callerAddress: home });

  const found = await outcomes(70, refresh);

  expect(found).toEqual({ done: 60, rate_limited: 10 });
});

describe("a refusal", () => {
  test("says when to come back, and which limits are used up", async () => {
    const { ports } = createLimitedCore(refusing());
    const guess = () => signIn(ports, { username, password: wrong, callerAddress: home });
    await outcomes(4, guess);

    const refusal = await guess().catch((error: unknown) => error);

    expect(refusal).toMatchObject({
      code: "too_many_attempts",
      retryAfterSeconds: 960,
      limits: [
        {
          limit: { policy: "sign_in_by_account_and_address", quota: 4, windowSeconds: 3840 },
          remaining: 0,
        },
      ],
    });
  });

  test("is an event, with the limit and nobody's name", async () => {
    const { ports, events } = createLimitedCore(refusing());
    const guess = () => signIn(ports, { username, password: wrong, callerAddress: home });
    await outcomes(5, guess);

    expect(events.at(-1)).toEqual({
      type: "rate_limit",
      outcome: "failure",
      at: expect.any(Number),
      code: "too_many_attempts",
      policy: "sign_in_by_account_and_address",
    });
  });
});

test("without limits everything is done as often as it is asked for", async () => {
  const { ports } = createCore();
  const attempt: Attempt = { action: "sign_in", username, callerAddress: home };

  expect(await outcomes(100, () => limited(ports, attempt, async () => "done"))).toEqual({
    done: 100,
  });
});

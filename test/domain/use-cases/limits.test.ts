import { describe, expect, test } from "vitest";
import { createMemoryRateLimiter } from "../../../src/adapters/memory/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { RateLimitStatus } from "../../../src/domain/rate-limit.ts";
import {
  defaultLimitPolicies,
  type LimitPolicy,
  type LimitScope,
} from "../../../src/domain/rate-limit-policies.ts";
import type { SecurityEvent } from "../../../src/domain/security-event.ts";
import { type Attempt, limited } from "../../../src/domain/use-cases/limits.ts";
import {
  changePassword,
  forgotPassword,
  resetPassword,
} from "../../../src/domain/use-cases/passwords.ts";
import {
  confirmSignUp,
  resendConfirmation,
  signUp,
} from "../../../src/domain/use-cases/registration.ts";
import {
  answerChallenge,
  refreshTokens,
  resendChallengeCode,
  signIn,
  signOut,
} from "../../../src/domain/use-cases/sessions.ts";
import type { Limits, Ports } from "../../../src/ports/index.ts";
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

describe("an address where a sign-in ended after more was asked", () => {
  const enter = (ports: Ports, callerAddress?: string) =>
    signIn(ports, {
      username,
      factor: "email_code",
      ...(callerAddress !== undefined && { callerAddress }),
    });

  /** Users who sign in with a code, and the account's limit when an attack has used it up. */
  async function createAttacked() {
    const core = createLimitedCore();
    await core.signedUp();
    const { ports } = core;
    const policy = defaultLimitPolicies.find((line) => line.policy === "sign_in_by_account");
    if (!policy || !ports.limits) throw new Error("there is no such limit");
    const { limiter } = ports.limits;
    return {
      ...core,
      async enterFully(callerAddress?: string, name = username) {
        const begun = await enter(ports, callerAddress);
        if (begun.status !== "challenge") throw new Error("nothing was asked");
        const { session } = begun.challenge;
        const answer = { type: "email_code", code: core.lastCode(name) } as const;
        return answerChallenge(ports, {
          session,
          answer,
          ...(callerAddress !== undefined && { callerAddress }),
        });
      },
      async attack() {
        for (let count = 0; count < 20; count += 1)
          await limiter.take([{ ...policy, key: username }]);
      },
    };
  }

  test("is one that the owner gets in from while the account is under attack", async () => {
    const { ports, enterFully, attack } = await createAttacked();
    expect((await enterFully(home)).status).toBe("signed_in");
    await attack();

    await expect(enter(ports, "192.0.2.1")).rejects.toMatchObject({ code: "too_many_attempts" });
    expect((await enter(ports, home)).status).toBe("challenge");
  });

  test("is none for whoever did not end it", async () => {
    const { ports, attack } = await createAttacked();
    const begun = await enter(ports, home);
    const session = begun.status === "challenge" ? begun.challenge.session : "";
    const answer = { type: "email_code", code: "none" } as const;
    await expect(
      answerChallenge(ports, { session, answer, callerAddress: home }),
    ).rejects.toThrow();
    await attack();

    await expect(enter(ports, home)).rejects.toMatchObject({ code: "too_many_attempts" });
  });

  test("is remembered for thirty days from the last time", async () => {
    const { ports, enterFully, attack, pass } = await createAttacked();
    await enterFully(home);
    pass(29 * 86_400);
    await enterFully(home);
    pass(2 * 86_400);
    await attack();

    expect((await enter(ports, home)).status).toBe("challenge");
    pass(29 * 86_400);
    await attack();
    await expect(enter(ports, home)).rejects.toMatchObject({ code: "too_many_attempts" });
  });

  test("is nowhere where it is not known who calls", async () => {
    const { ports, enterFully, attack } = await createAttacked();
    expect((await enterFully()).status).toBe("signed_in");
    await attack();

    await expect(enter(ports, home)).rejects.toMatchObject({ code: "too_many_attempts" });
  });

  test("costs the account none of its sign-ins", async () => {
    const { ports, enterFully } = await createAttacked();
    for (let count = 0; count < 5; count += 1) await enterFully(home);
    const { limits } = ports;
    const policy = defaultLimitPolicies.find((line) => line.policy === "sign_in_by_account");
    if (!policy || !limits) throw new Error("there is no such limit");

    const statuses = await limits.limiter.read([{ ...policy, key: username }]);

    expect(statuses.map(({ remaining }) => remaining)).toEqual([20]);
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

test("sign-outs with a refresh token are three hundred a minute from one address", async () => {
  const { ports } = createLimitedCore();
  const end = (callerAddress: string) => (index: number) =>
    signOut(ports, { refreshToken: `token-${index}`, callerAddress });

  expect(await outcomes(310, end(home))).toEqual({ done: 300, rate_limited: 10 });
  expect(await outcomes(10, end(addressOf(1)))).toEqual({ done: 10 });
});

test("sign-outs go on where nobody can count them", async () => {
  const down = async () => {
    throw new Error("the store is gone");
  };
  const limiter = { take: down, giveBack: down, reset: down, read: down };
  const limits = { limiter, policies: defaultLimitPolicies };
  const { ports, caller } = createCore({}, () => ({ limits }));
  const { refreshToken } = await caller();

  await signOut(ports, { refreshToken, callerAddress: home });

  await expect(ports.identity.refresh({ refreshToken })).rejects.toMatchObject({
    code: "invalid_refresh_token",
  });
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

const enter: Attempt = { action: "sign_in", username: "ada", callerAddress: home };
const elsewhere: Attempt = { ...enter, callerAddress: "192.0.2.1" };
const refused = new IdentityError("invalid_credentials");

const scopes = ["account", "address", "account_and_address", "token", "everyone"] as const;

/** Limits of one's own on sign-ins, of so many each, with a way to try and to tell what is left. */
function startWith(quotas: Partial<Record<LimitScope, number>>, change: Partial<Limits> = {}) {
  const policies = scopes.flatMap((by): LimitPolicy[] => {
    const quota = quotas[by];
    if (quota === undefined) return [];
    return [{ policy: `sign_in_by_${by}`, action: "sign_in", by, quota, windowSeconds: 3600 }];
  });
  const events: SecurityEvent[] = [];
  const clock = { now: () => 1_800_000_000_000 };
  const limiter = createMemoryRateLimiter({ clock });
  const limits: Limits = { limiter, policies, ...change };
  const ports = { limits, clock, events: { record: (event: SecurityEvent) => events.push(event) } };
  const fail = (attempt = enter, error: unknown = refused) =>
    limited(ports, attempt, () => Promise.reject(error)).then(
      () => "done",
      (thrown: unknown) => (thrown instanceof IdentityError ? thrown.code : "something else"),
    );
  const keys = {
    account: "ada",
    address: home,
    account_and_address: `${home} ada`,
    token: "token",
    everyone: "",
  };
  const left = async () => {
    const all = policies.map((line) => ({ ...line, key: keys[line.by] }));
    const statuses: readonly RateLimitStatus[] = await limiter.read(all);
    return statuses.map(({ remaining }) => remaining);
  };
  return { ports, policies, limiter, events, fail, left };
}

const five = { account: 5, address: 5, account_and_address: 5, everyone: 5 };

describe("what was counted", () => {
  test("is given back to whoever has proven who they are, but what is everyone's", async () => {
    const { ports, fail, left } = startWith(five);
    await fail();
    const failed = await left();

    expect(await limited(ports, enter, async () => "in")).toBe("in");

    expect(failed).toEqual([4, 4, 4, 4]);
    expect(await left()).toEqual([4, 4, 5, 3]);
  });

  test("stays counted for the account where more is still asked", async () => {
    const { ports, left } = startWith(five);

    await limited(
      ports,
      enter,
      async () => "more",
      () => false,
    );

    expect(await left()).toEqual([4, 5, 5, 4]);
  });

  test("stays counted for what is no guess, however it ends", async () => {
    const { ports, policies, left } = startWith({ account: 5 });
    const lines = policies.map((line) => ({ ...line, action: "sign_up" as const }));
    const limits = { ...ports.limits, policies: lines };

    await limited({ ...ports, limits }, { ...enter, action: "sign_up" }, async () => "done");

    expect(await left()).toEqual([4]);
  });

  test("is given back but to the address where attackers know the password, as a flood of them is not free", async () => {
    const { fail, left } = startWith(five);

    await fail(enter, new IdentityError("password_compromised", { violations: [] }));

    expect(await left()).toEqual([5, 4, 5, 5]);
  });

  test("is given back for a code that was right", async () => {
    const { ports, policies, left } = startWith({ account: 5 });
    const lines = policies.map((line) => ({ ...line, action: "code_attempt" as const }));
    const limits = { ...ports.limits, policies: lines };

    await limited({ ...ports, limits }, { ...enter, action: "code_attempt" }, async () => "done");

    expect(await left()).toEqual([5]);
  });

  test.each<[unknown, number]>([
    [refused, 4],
    [new IdentityError("internal_error"), 5],
    [new IdentityError("provider_misconfigured"), 5],
    [new IdentityError("provider_unavailable"), 5],
    [new IdentityError("provider_timeout"), 5],
    [new IdentityError("overloaded"), 5],
    [new IdentityError("keys_unavailable"), 5],
    [new TypeError("a fault of ours"), 5],
  ])("is given back where nothing was tried: %s leaves %i of five", async (error, remaining) => {
    const { fail, left } = startWith({ account: 5 });

    await fail(enter, error);

    expect(await left()).toEqual([remaining]);
  });

  test("changes no answer where it cannot be given back", async () => {
    const { limiter, ...started } = startWith({ account: 5 });
    const giveBack = () => Promise.reject(new IdentityError("provider_unavailable"));
    const limits = { ...started.ports.limits, limiter: { ...limiter, giveBack } };
    const ports = { ...started.ports, limits };
    const error = new IdentityError("provider_timeout");

    expect(await limited(ports, enter, async () => "in")).toBe("in");
    await expect(limited(ports, enter, () => Promise.reject(error))).rejects.toBe(error);
  });

  test("is given back before the answer, or by whoever sees to what comes after it", async () => {
    const gate = Promise.withResolvers<void>();
    const deferred: Promise<void>[] = [];
    const { limiter, ...started } = startWith({ account: 5 });
    const giveBack = () => gate.promise;
    const limits = { ...started.ports.limits, limiter: { ...limiter, giveBack } };
    const defer = (work: Promise<void>) => void deferred.push(work);
    const ports = { ...started.ports, limits };

    const waiting = limited(ports, enter, async () => "in");
    const prompt = limited({ ...ports, limits: { ...limits, defer } }, enter, async () => "in");
    const first = await Promise.race([waiting.then(() => "waiting"), prompt.then(() => "prompt")]);
    gate.resolve();

    expect(first).toBe("prompt");
    expect(deferred).toHaveLength(1);
    expect(await waiting).toBe("in");
  });
});

describe("an account whose sign-ins are used up", () => {
  /** Uses them up from elsewhere, once its owner has signed in from home. */
  async function startUsedUp(
    quotas: Partial<Record<LimitScope, number>>,
    first: Attempt = enter,
    isProof = true,
  ) {
    const started = startWith({ account: 2, ...quotas });
    await limited(
      started.ports,
      first,
      async () => "in",
      () => isProof,
    );
    while ((await started.left())[0] !== 0) await started.fail(elsewhere);
    return started;
  }

  test("is open to where its owner signed in, which counts on by itself", async () => {
    const { fail, left } = await startUsedUp({ address: 9, account_and_address: 9 });

    expect(await fail(elsewhere)).toBe("too_many_attempts");
    expect(await fail()).toBe("invalid_credentials");
    expect(await left()).toEqual([0, 8, 8]);
  });

  test.each<[string, Attempt, boolean]>([
    ["where nobody has proven anything", enter, false],
    ["where the right code was shown, and no more", { ...enter, action: "code_attempt" }, true],
    ["where no address is known", { action: "sign_in", username: "ada" }, true],
  ])("is closed to %s", async (_what, first, isProof) => {
    const { fail } = await startUsedUp({}, first, isProof);
    const { action: _action, ...caller } = first;

    expect(await fail({ ...caller, action: "sign_in" })).toBe("too_many_attempts");
  });

  test("is closed to where its owner signed in once that is used up as well", async () => {
    const { fail } = await startUsedUp({ address: 2 });

    const ends = [await fail(), await fail(), await fail()];

    expect(ends).toEqual(["invalid_credentials", "invalid_credentials", "too_many_attempts"]);
  });

  test("lets no more in at once from there than are left", async () => {
    const { fail } = await startUsedUp({ address: 2 });

    const ends = await Promise.all(Array.from({ length: 5 }, () => fail()));

    expect(ends.toSorted()).toEqual([
      ...Array(2).fill("invalid_credentials"),
      ...Array(3).fill("too_many_attempts"),
    ]);
  });

  test("is closed for codes, wherever they are tried", async () => {
    const { ports, policies } = await startUsedUp({});
    const lines = policies.map((line) => ({ ...line, action: "code_attempt" as const }));
    const limits = { ...ports.limits, policies: lines };

    const attempt = limited(
      { ...ports, limits },
      { ...enter, action: "code_attempt" },
      async () => "in",
    );

    await expect(attempt).rejects.toMatchObject({ code: "too_many_attempts" });
  });

  test("is no reason to let an address go on that is used up by itself", async () => {
    const { ports, fail, events } = startWith({ address: 1 });
    await limited(ports, enter, async () => "in");
    await fail();

    expect(await fail()).toBe("rate_limited");
    expect(events).toMatchObject([{ policy: "sign_in_by_address", code: "rate_limited" }]);
  });

  test("is what a refusal names before the address", async () => {
    const { fail } = startWith({ address: 1, account_and_address: 1 });
    await fail();

    expect(await fail()).toBe("too_many_attempts");
  });
});

describe("what is counted", () => {
  test.each<[LimitScope, Attempt, Attempt]>([
    ["account_and_address", { action: "sign_in", username: "ada" }, enter],
    ["account_and_address", { action: "sign_in", callerAddress: home }, enter],
    ["account", { action: "sign_in", callerAddress: home }, enter],
    ["address", { action: "sign_in", username: "ada" }, enter],
    ["token", enter, { ...enter, token: "token" }],
  ])("by %s is nothing where that is not known", async (by, unknown, known) => {
    const { fail } = startWith({ [by]: 1 });

    const ends = [await fail(unknown), await fail(unknown), await fail(known), await fail(known)];

    expect(ends.slice(0, 3)).toEqual(Array(3).fill("invalid_credentials"));
    expect(ends[3]).toMatch(/^(too_many_attempts|rate_limited)$/);
  });

  test("by token is each token's own", async () => {
    const { fail } = startWith({ token: 1 });
    const ends: string[] = [];
    for (const token of ["one", "other", "one"]) ends.push(await fail({ ...enter, token }));

    expect(ends).toEqual(["invalid_credentials", "invalid_credentials", "rate_limited"]);
  });

  test("by everyone is everyone's", async () => {
    const { fail } = startWith({ everyone: 1 });

    const ends = [await fail(), await fail({ action: "sign_in", username: "bob" })];

    expect(ends).toEqual(["invalid_credentials", "rate_limited"]);
  });

  test("is the action that the line is for, and no other", async () => {
    const { ports, left } = startWith({ account: 1 });

    await limited(ports, { ...enter, action: "sign_up" }, async () => "done");

    expect(await left()).toEqual([1]);
  });
});

describe("a use case that is limited", () => {
  const from = { callerAddress: home };
  const names = { username, ...from };

  /** A core with one limit, of one time for each address. */
  function startWithOne(action: LimitPolicy["action"]) {
    const limiter = createMemoryRateLimiter();
    const line = { policy: "one", action, by: "address", quota: 1, windowSeconds: 3600 } as const;
    return createCore({}, () => ({ limits: { limiter, policies: [line] } }));
  }

  test.each<[string, LimitPolicy["action"], (ports: Ports) => Promise<unknown>]>([
    ["confirming a sign-up", "code_attempt", (p) => confirmSignUp(p, { ...names, code: "none" })],
    ["asking for its code again", "code_sending", (p) => resendConfirmation(p, names)],
    [
      "asking for a challenge's code again",
      "code_sending",
      (p) => resendChallengeCode(p, { session: "none", ...from }),
    ],
  ])("is counted: %s, as %s", async (_what, action, call) => {
    const { ports } = startWithOne(action);
    await call(ports).catch(() => undefined);

    await expect(call(ports)).rejects.toMatchObject({ code: "rate_limited" });
  });

  test("is counted: changing a password, as guesses at that of a sign-in", async () => {
    const { ports, caller } = startWithOne("sign_in");
    const user = await caller();
    const guess = () =>
      changePassword(ports, user, { currentPassword: wrong, newPassword: password, ...from });

    await expect(guess()).rejects.toMatchObject({ code: "invalid_credentials" });
    await expect(guess()).rejects.toMatchObject({ code: "rate_limited" });
  });

  test("takes no sign-in that asks for more for a proof of who signs in", async () => {
    const limiter = createMemoryRateLimiter();
    const line = { policy: "one", action: "sign_in", by: "account", windowSeconds: 3600 } as const;
    const limits = { limiter, policies: [{ ...line, quota: 1 }] };
    const { ports, signedUp } = createCore({}, () => ({ limits }));
    await signedUp();

    expect(await signIn(ports, { username, password, ...from })).toMatchObject({
      status: "signed_in",
    });
    expect(await signIn(ports, names)).toMatchObject({ status: "challenge" });
    const other = { username, callerAddress: "192.0.2.1" };
    await expect(signIn(ports, other)).rejects.toMatchObject({ code: "too_many_attempts" });
  });
});

import nodeCrypto from "node:crypto";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createJwtVerifier, type VerifierTerms } from "../../../../src/adapters/jwt/index.ts";
import { IdentityError } from "../../../../src/domain/errors.ts";
import type { JsonWebKeySet, KeySet } from "../../../../src/ports/index.ts";
import {
  adjustableClock,
  claims,
  clientId,
  issuer,
  nowSeconds,
  sign,
  signingKey,
  watchChecks,
} from "../token-signer.ts";

let key: Awaited<ReturnType<typeof signingKey>>;
let otherKey: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
  otherKey = await signingKey("access-2");
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** How a key set can answer: with one promise until its keys change, which needs no waiting, or with one for each call. */
const answering = ["with the same promise", "with a promise of its own"] as const;

/** A verifier whose keys can be changed, and a count of the signatures that were checked. */
function world(terms: VerifierTerms = {}, how: (typeof answering)[number] = answering[0]) {
  const clock = adjustableClock();
  let answer = Promise.resolve<JsonWebKeySet>({ keys: [key.jwk, otherKey.jwk] });
  const give = () => (how === "with the same promise" ? answer : answer.then((keySet) => keySet));
  const keys: KeySet = { current: give, refresh: give };
  const publish = (...published: JsonWebKeySet["keys"]) => {
    answer = Promise.resolve({ keys: published });
  };
  const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys, clock, ...terms });
  // Only what the runtime does is watched, as only the signature takes time.
  const checks = watchChecks();
  /** Shows a token until it is kept. */
  const show = async (token: string) => {
    for (let times = 0; times < 2; times += 1) await verifier.verify(token);
    checks.mockClear();
  };
  return { clock, publish, verifier, checks, show };
}

function verifierOf(keys: KeySet) {
  return createJwtVerifier({ issuer, clientIds: [clientId], keys, clock: adjustableClock() });
}

const tokenOf = (changes: Readonly<Record<string, unknown>> = {}) =>
  sign(claims(changes), key.privateKey);

/** A string of its own with the same characters. */
const copyOf = (token: string) => token.split("").join("");

describe("a token that was found good", () => {
  it("is not verified again once it has come twice", async () => {
    const { verifier, checks } = world();
    const token = await tokenOf();

    const principals = [];
    for (let times = 0; times < 4; times += 1) {
      principals.push(await verifier.verify(copyOf(token)));
    }

    expect(checks).toHaveBeenCalledTimes(2);
    expect(principals[2]).toBe(principals[1]);
    expect(principals[3]).toBe(principals[1]);
    expect(principals[1]).toEqual(principals[0]);
  });

  it("is verified once for all who ask at one time", async () => {
    const { verifier, checks } = world();
    const token = await tokenOf();

    const principals = await Promise.all(
      Array.from({ length: 50 }, () => verifier.verify(copyOf(token))),
    );

    expect(checks).toHaveBeenCalledTimes(1);
    for (const principal of principals) expect(principal).toEqual(principals[0]);
  });

  it("is verified each time where the cache is off", async () => {
    const { verifier, checks } = world({ cache: false });
    const token = await tokenOf();

    for (let times = 0; times < 3; times += 1) await verifier.verify(token);

    expect(checks).toHaveBeenCalledTimes(3);
  });

  it("cannot be changed by whoever got its principal", async () => {
    const { verifier } = world();

    const principal = await verifier.verify(await tokenOf());

    expect(Object.isFrozen(principal)).toBe(true);
    expect(Object.isFrozen(principal.scopes)).toBe(true);
    expect(principal.kind === "user" && Object.isFrozen(principal.groups)).toBe(true);
  });

  it("is not taken while the keys cannot be had", async () => {
    let isUp = true;
    const unavailable = new IdentityError("keys_unavailable");
    const current = async () => (isUp ? { keys: [key.jwk] } : Promise.reject(unavailable));
    const verifier = verifierOf({ current, refresh: current });
    const token = await tokenOf();
    for (let times = 0; times < 2; times += 1) await verifier.verify(token);

    isUp = false;

    await expect(verifier.verify(token)).rejects.toBe(unavailable);
  });

  it("is refused, and nothing is thrown, by a key set that throws", async () => {
    const failure = new Error("down");
    let isUp = true;
    const answer = Promise.resolve({ keys: [key.jwk] });
    const current = () => {
      if (!isUp) throw failure;
      return answer;
    };
    const verifier = verifierOf({ current, refresh: current });
    const token = await tokenOf();
    for (let times = 0; times < 2; times += 1) await verifier.verify(token);

    isUp = false;

    await expect(verifier.verify(token)).rejects.toMatchObject({
      code: "keys_unavailable",
      cause: failure,
    });
  });

  it.each([
    ["a moment ago", 0],
    ["long ago", 1],
  ])("is no help to a token that ends like it, when it was kept %s", async (_when, others) => {
    const { verifier, checks, show } = world({ cache: { maxEntries: 2 } });
    const token = await tokenOf();
    await show(token);
    if (others > 0) await show(await tokenOf({ jti: "another" }));
    const [header, , signature] = token.split(".");
    const [, payload] = (await tokenOf({ username: "eve" })).split(".");
    const forged = [header, payload, signature].join(".");

    for (const both of [[forged], [forged, token, forged, token]]) {
      const outcomes = await Promise.allSettled(both.map((each) => verifier.verify(each)));
      const expected = both.map((each) => (each === token ? "fulfilled" : "rejected"));
      expect(outcomes.map(({ status }) => status)).toEqual(expected);
    }
    expect(checks.mock.calls.length).toBeGreaterThan(1);
  });
});

describe.each(answering)("a token that is kept, whose key set answers %s,", (how) => {
  it("is good to the end of its time with the tolerance, and no longer", async () => {
    const { verifier, clock, checks, show } = world({ clockToleranceSeconds: 5 }, how);
    const token = await tokenOf({ exp: nowSeconds + 10 });
    await show(token);

    clock.time += 14_999;
    await expect(verifier.verify(token)).resolves.toBeDefined();
    expect(checks).not.toHaveBeenCalled();
    clock.time += 1;

    await expect(verifier.verify(token)).rejects.toMatchObject({ code: "token_expired" });
  });

  it("is not taken by a clock that was set back before its start", async () => {
    const { verifier, clock, show } = world({}, how);
    const token = await tokenOf({ nbf: nowSeconds });
    await show(token);

    clock.time -= 5_001;

    await expect(verifier.verify(token)).rejects.toMatchObject({ rejection: "not_yet_valid" });
  });

  it("is not taken once its key has left the set", async () => {
    const { verifier, publish, show } = world({}, how);
    const token = await tokenOf();
    await show(token);

    publish(otherKey.jwk);

    await expect(verifier.verify(token)).rejects.toMatchObject({ rejection: "unknown_key" });
  });

  it("is not taken once there is another key under its key's id", async () => {
    const { verifier, publish, show } = world({}, how);
    const token = await tokenOf();
    await show(token);

    publish({ ...otherKey.jwk, kid: "access-1" });

    await expect(verifier.verify(token)).rejects.toMatchObject({ rejection: "bad_signature" });
  });

  it("stays when keys change that are not its own", async () => {
    const { verifier, publish, checks, show } = world({}, how);
    const token = await tokenOf();
    await show(token);

    publish({ ...key.jwk });
    await verifier.verify(token);

    expect(checks).not.toHaveBeenCalled();
  });

  it("is not taken once it is revoked", async () => {
    let isRevoked = false;
    const { verifier, show } = world({ isRevoked: () => isRevoked }, how);
    const token = await tokenOf();
    await show(token);

    isRevoked = true;

    await expect(verifier.verify(token)).rejects.toMatchObject({ code: "token_revoked" });
  });
});

describe("a token that is kept, with all that it depends on at hand,", () => {
  const known = [
    ["without revocations", {}],
    ["with revocations that are told at once", { isRevoked: () => false }],
  ] as const;

  it.each(known)("is answered without waiting, %s", async (_what, terms) => {
    const { verifier, show } = world(terms);
    const token = await tokenOf();
    await show(token);
    let isAnswered = false;

    void verifier.verify(token).then(() => {
      isAnswered = true;
    });
    // One turn of the queue of microtasks, in which a promise that was kept before tells whoever asked.
    await undefined;

    expect(isAnswered).toBe(true);
  });

  it.each(known)("is answered without a promise to who takes that, %s", async (_what, terms) => {
    const { verifier, show } = world(terms);
    const token = await tokenOf();
    await show(token);

    const principal = verifier.verifyPromptly(token);

    expect(principal).toBe(await verifier.verify(token));
  });
});

describe("a prompt verification", () => {
  it.each<[string, (set: ReturnType<typeof world>) => void]>([
    ["whose time is over", ({ clock }) => Object.assign(clock, { time: clock.time + 7_200_000 })],
    ["whose key has left the set", ({ publish }) => publish(otherKey.jwk)],
  ])("fails later, and does not throw, for a kept token %s", async (_what, change) => {
    const set = world();
    const token = await tokenOf();
    await set.show(token);
    change(set);

    const answer = set.verifier.verifyPromptly(token);

    await expect(answer).rejects.toMatchObject({ rejection: expect.any(String) });
  });

  it.each([
    ["that says so", () => true, "token_revoked"],
    ["that says so later", async () => true, "token_revoked"],
    ["that fails", () => fail(), "provider_unavailable"],
    ["that fails later", async () => fail(), "provider_unavailable"],
  ])(
    "fails later, and does not throw, for a check of revocations %s",
    async (_what, told, code) => {
      let isOver = false;
      const { verifier, show } = world({ isRevoked: () => isOver && told() });
      const token = await tokenOf();
      await show(token);
      isOver = true;

      const answer = verifier.verifyPromptly(token);

      await expect(answer).rejects.toMatchObject({ code });
    },
  );

  it("fails later, and does not throw, for what is no token", async () => {
    const { verifier } = world();
    const others = ["", "a.b.c", "a".repeat(20_000), await sign(claims(), otherKey.privateKey)];

    const answers = others.map((other) => verifier.verifyPromptly(other));

    expect(answers.map((answer) => answer instanceof Promise)).toEqual(others.map(() => true));
    for (const answer of answers)
      await expect(answer).rejects.toMatchObject({ code: "invalid_token" });
  });

  it("promises an answer for a token that was never seen", async () => {
    const { verifier } = world();

    const answer = verifier.verifyPromptly(await tokenOf());

    expect(answer).toBeInstanceOf(Promise);
    expect(await answer).toMatchObject({ kind: "user" });
  });
});

function fail(): never {
  throw new Error("down");
}

describe("a token that was refused", () => {
  it("is looked at again the next time", async () => {
    const { verifier, checks } = world();
    const forged = await sign(claims(), otherKey.privateKey);

    for (let times = 0; times < 2; times += 1) {
      await expect(verifier.verify(forged)).rejects.toMatchObject({ rejection: "bad_signature" });
    }

    expect(checks).toHaveBeenCalledTimes(2);
  });

  it("is not kept for what its claims say", async () => {
    const { verifier, checks } = world();
    const wrong = await tokenOf({ client_id: "other" });

    for (let times = 0; times < 2; times += 1) {
      await expect(verifier.verify(wrong)).rejects.toMatchObject({ rejection: "wrong_client" });
    }

    expect(checks).toHaveBeenCalledTimes(2);
  });

  it.each([
    ["at once", () => nodeCrypto],
    ["later", () => undefined],
  ])("is refused where the runtime %s fails to check its signature", async (_when, modules) => {
    vi.spyOn(process, "getBuiltinModule").mockImplementation(modules);
    const { verifier, checks } = world();
    const failure = new DOMException("no", "OperationError");
    checks.mockImplementationOnce(() => {
      throw failure;
    });
    const token = await tokenOf();

    await expect(verifier.verify(token)).rejects.toMatchObject({
      rejection: "bad_signature",
      cause: failure,
    });

    await expect(verifier.verify(token)).resolves.toBeDefined();
  });
});

describe("the cache", () => {
  const tokensOf = (count: number) =>
    Promise.all(Array.from({ length: count }, (_, n) => tokenOf({ jti: `token-${n}` })));

  it("keeps the tokens in use, and drops those that are not", async () => {
    const { verifier, checks, show } = world({ cache: { maxEntries: 10 } });
    const [used = "", idle = "", ...others] = await tokensOf(22);
    await show(used);
    await show(idle);
    for (const other of others) {
      await show(other);
      await verifier.verify(used);
      expect(checks).not.toHaveBeenCalled();
    }

    await verifier.verify(idle);

    expect(checks).toHaveBeenCalledTimes(1);
  });

  it("loses no token to any number of others that come once", async () => {
    const { verifier, checks, show } = world({ cache: { maxEntries: 2 } });
    const [used = "", ...others] = await tokensOf(20);
    await show(used);

    for (const other of others) await verifier.verify(other);
    checks.mockClear();
    await verifier.verify(used);

    expect(checks).not.toHaveBeenCalled();
  });

  it.each([
    ["entries", { maxEntries: 10 }, 10],
    ["bytes", { maxBytes: 20_000 }, 7],
  ])("keeps no more than its bound of %s", async (_what, cache, most) => {
    const { verifier, checks, show } = world({ cache });
    const tokens = await tokensOf(40);
    for (const token of tokens) await show(token);

    let kept = 0;
    // The latest first, as those that are verified anew now are kept at once and drive others out.
    for (const token of tokens.toReversed()) {
      checks.mockClear();
      await verifier.verify(token);
      kept += checks.mock.calls.length === 0 ? 1 : 0;
    }

    expect(kept).toBeGreaterThanOrEqual(Math.floor(most / 2));
    expect(kept).toBeLessThanOrEqual(most);
  });

  it("keeps no token that is too large for it", async () => {
    const { verifier, checks, show } = world({ cache: { maxBytes: 6_000 } });
    const [small, large] = [await tokenOf(), await tokenOf({ note: "x".repeat(2_000) })];
    await show(small);
    await show(large);

    await verifier.verify(large);
    expect(checks).toHaveBeenCalledTimes(1);
    await verifier.verify(small);

    expect(checks).toHaveBeenCalledTimes(1);
  });

  it.each([
    { maxEntries: 0 },
    { maxEntries: 1 },
    { maxEntries: Number.NaN },
    { maxBytes: 0 },
    { maxBytes: Number.NaN },
  ])("cannot be made with %o", (cache) => {
    expect(() => world({ cache })).toThrow(TypeError);
  });

  it("can be made with the least that makes one", async () => {
    const { verifier, checks, show } = world({ cache: { maxEntries: 2 } });
    const token = await tokenOf();
    await show(token);

    await verifier.verify(token);

    expect(checks).not.toHaveBeenCalled();
  });
});

describe("a revocation", () => {
  it("is asked for in each verification, of kept tokens and new ones", async () => {
    const asked: unknown[] = [];
    const { verifier } = world({
      isRevoked: (principal) => {
        asked.push(principal.tokenId);
        return false;
      },
    });
    const token = await tokenOf();

    for (let times = 0; times < 4; times += 1) await verifier.verify(token);

    expect(asked).toEqual(Array(4).fill("token-1"));
  });

  it.each([false, Promise.resolve(false)])("that is none ends no token (%s)", async (answer) => {
    const { verifier } = world({ isRevoked: () => answer });

    await expect(verifier.verify(await tokenOf())).resolves.toBeDefined();
  });

  it.each([true, Promise.resolve(true)])("ends a token (%s)", async (answer) => {
    const { verifier } = world({ isRevoked: () => answer });

    await expect(verifier.verify(await tokenOf())).rejects.toMatchObject({
      code: "token_revoked",
      rejection: "revoked",
    });
  });

  it("is not asked for of a token that is bad anyway", async () => {
    const asked: unknown[] = [];
    const { verifier } = world({ isRevoked: (principal) => asked.push(principal) > 0 });

    await expect(verifier.verify(await tokenOf({ sub: "" }))).rejects.toMatchObject({
      code: "invalid_token",
    });

    expect(asked).toEqual([]);
  });

  it("that cannot be told takes nothing for good", async () => {
    const down = new Error("down");
    const { verifier } = world({ isRevoked: () => Promise.reject(down) });

    await expect(verifier.verify(await tokenOf())).rejects.toMatchObject({
      code: "provider_unavailable",
      cause: down,
    });
  });

  it("that cannot be told, in words of ours, is passed on", async () => {
    const unavailable = new IdentityError("provider_unavailable", { retryAfterSeconds: 3 });
    const { verifier } = world({
      isRevoked: () => {
        throw unavailable;
      },
    });

    await expect(verifier.verify(await tokenOf())).rejects.toBe(unavailable);
  });
});

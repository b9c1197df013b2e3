import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createJwtVerifier, type VerifierTerms } from "../../../src/adapters/jwt/index.ts";
import { IdentityError } from "../../../src/domain/errors.ts";
import type { JsonWebKeySet, KeySet } from "../../../src/ports/index.ts";
import {
  adjustableClock,
  claims,
  clientId,
  issuer,
  nowSeconds,
  sign,
  signingKey,
} from "./tokens.ts";

let key: Awaited<ReturnType<typeof signingKey>>;
let otherKey: Awaited<ReturnType<typeof signingKey>>;

beforeAll(async () => {
  key = await signingKey("access-1");
  otherKey = await signingKey("access-2");
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** A verifier whose keys can be changed, and a count of the signatures that were checked. */
function world(terms: VerifierTerms = {}) {
  const clock = adjustableClock();
  const published = { keySet: { keys: [key.jwk, otherKey.jwk] } as JsonWebKeySet };
  const keys: KeySet = {
    current: async () => published.keySet,
    refresh: async () => published.keySet,
  };
  const verifier = createJwtVerifier({ issuer, clientIds: [clientId], keys, clock, ...terms });
  // Only what the runtime does is watched, as only the signature takes time.
  const checks = vi.spyOn(crypto.subtle, "verify");
  return { clock, published, verifier, checks };
}

const tokenOf = (changes: Readonly<Record<string, unknown>> = {}) =>
  sign(claims(changes), key.privateKey);

/** A string of its own with the same characters. */
const copyOf = (token: string) => token.split("").join("");

describe("a token that was found good", () => {
  it("is not verified again", async () => {
    const { verifier, checks } = world();
    const token = await tokenOf();

    const first = await verifier.verify(token);
    const second = await verifier.verify(copyOf(token));

    expect(second).toBe(first);
    expect(checks).toHaveBeenCalledTimes(1);
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

    await Promise.all([verifier.verify(token), verifier.verify(token)]);
    await verifier.verify(token);

    expect(checks).toHaveBeenCalledTimes(3);
  });

  it("cannot be changed by whoever got its principal", async () => {
    const { verifier } = world();

    const principal = await verifier.verify(await tokenOf());

    expect(Object.isFrozen(principal)).toBe(true);
    expect(Object.isFrozen(principal.scopes)).toBe(true);
    expect(principal.kind === "user" && Object.isFrozen(principal.groups)).toBe(true);
  });

  it("is kept to the end of its time with the tolerance, and no longer", async () => {
    const { verifier, clock, checks } = world({ clockToleranceSeconds: 5 });
    const token = await tokenOf({ exp: nowSeconds + 10 });
    await verifier.verify(token);

    clock.time += 14_999;
    await expect(verifier.verify(token)).resolves.toBeDefined();
    expect(checks).toHaveBeenCalledTimes(1);
    clock.time += 1;

    await expect(verifier.verify(token)).rejects.toMatchObject({ code: "token_expired" });
  });

  it("is not taken by a clock that was set back before its start", async () => {
    const { verifier, clock } = world();
    const token = await tokenOf({ nbf: nowSeconds });
    await verifier.verify(token);

    clock.time -= 5_001;

    await expect(verifier.verify(token)).rejects.toMatchObject({ rejection: "not_yet_valid" });
  });

  it("is not taken once its key has left the set", async () => {
    const { verifier, published } = world();
    const token = await tokenOf();
    await verifier.verify(token);

    published.keySet = { keys: [otherKey.jwk] };

    await expect(verifier.verify(token)).rejects.toMatchObject({ rejection: "unknown_key" });
  });

  it("is not taken once there is another key under its key's id", async () => {
    const { verifier, published } = world();
    const token = await tokenOf();
    await verifier.verify(token);

    published.keySet = { keys: [{ ...otherKey.jwk, kid: "access-1" }] };

    await expect(verifier.verify(token)).rejects.toMatchObject({ rejection: "bad_signature" });
  });

  it("stays when keys change that are not its own", async () => {
    const { verifier, published, checks } = world();
    const token = await tokenOf();
    await verifier.verify(token);

    published.keySet = { keys: [{ ...key.jwk }] };
    await verifier.verify(token);

    expect(checks).toHaveBeenCalledTimes(1);
  });

  it("is not taken while the keys cannot be had", async () => {
    let isUp = true;
    const unavailable = new IdentityError("keys_unavailable");
    const current = async () => (isUp ? { keys: [key.jwk] } : Promise.reject(unavailable));
    const keys = { current, refresh: current };
    const verifier = createJwtVerifier({
      issuer,
      clientIds: [clientId],
      keys,
      clock: adjustableClock(),
    });
    const token = await tokenOf();
    await verifier.verify(token);

    isUp = false;

    await expect(verifier.verify(token)).rejects.toBe(unavailable);
  });

  it("is no help to a token that ends like it", async () => {
    const { verifier, checks } = world();
    const token = await tokenOf();
    await verifier.verify(token);
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

  it("is refused where the runtime cannot check its signature", async () => {
    const { verifier, checks } = world();
    const failure = new DOMException("no", "OperationError");
    checks.mockRejectedValueOnce(failure);
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
    const { verifier, checks } = world({ cache: { maxEntries: 10 } });
    const [used = "", idle = "", ...others] = await tokensOf(22);
    await verifier.verify(used);
    await verifier.verify(idle);
    for (const other of others) {
      await verifier.verify(other);
      await verifier.verify(used);
    }
    expect(checks).toHaveBeenCalledTimes(22);

    await verifier.verify(idle);

    expect(checks).toHaveBeenCalledTimes(23);
  });

  it.each([
    ["entries", { maxEntries: 10 }, 10],
    ["bytes", { maxBytes: 20_000 }, 7],
  ])("keeps no more than its bound of %s", async (_what, cache, most) => {
    const { verifier, checks } = world({ cache });
    const tokens = await tokensOf(40);
    for (const token of tokens) await verifier.verify(token);
    checks.mockClear();

    for (const token of [...tokens].reverse()) await verifier.verify(token);
    const kept = tokens.length - checks.mock.calls.length;

    expect(kept).toBeGreaterThanOrEqual(Math.floor(most / 2));
    expect(kept).toBeLessThanOrEqual(most);
  });

  it("keeps no token that is too large for it", async () => {
    const { verifier, checks } = world({ cache: { maxBytes: 6_000 } });
    const [small, large] = [await tokenOf(), await tokenOf({ note: "x".repeat(2_000) })];
    await verifier.verify(small);

    await verifier.verify(large);
    await verifier.verify(large);
    await verifier.verify(small);

    expect(checks).toHaveBeenCalledTimes(3);
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
    const { verifier, checks } = world({ cache: { maxEntries: 2 } });
    const token = await tokenOf();

    await verifier.verify(token);
    await verifier.verify(token);

    expect(checks).toHaveBeenCalledTimes(1);
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

    await verifier.verify(token);
    await verifier.verify(token);

    expect(asked).toEqual(["token-1", "token-1"]);
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

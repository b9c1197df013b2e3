import { describe, expect, it } from "vitest";
import {
  createDpopVerifier,
  createJwtVerifier,
  createMemoryReplayStore,
  type DpopVerifierOptions,
} from "../../../../src/adapters/jwt/index.ts";
import {
  adjustableClock,
  claims,
  clientId,
  issuer,
  keySetOf,
  nowSeconds,
  sign,
  signingKey,
} from "../token-signer.ts";

const { privateKey, jwk } = await signingKey("access-1");
const thumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
const bound = () => sign(claims({ cnf: { jkt: thumbprint } }), privateKey);

function jwtVerifier(terms: { readonly cache?: false } = {}) {
  const keys = keySetOf([jwk]);
  return createJwtVerifier({
    issuer,
    clientIds: [clientId],
    keys,
    clock: adjustableClock(),
    ...terms,
  });
}

describe.each([{}, { cache: false }] as const)("a verifier with %j", (terms) => {
  it("takes a bound token where it is asked for one, and nowhere else", async () => {
    const verifier = jwtVerifier(terms);
    const token = await bound();

    const principal = await verifier.verifyBound(token);

    expect(principal).toMatchObject({ kind: "user", confirmation: { thumbprint } });
    await expect(verifier.verify(token)).rejects.toMatchObject({ rejection: "wrong_use" });
    expect((await verifier.verifyBound(token)).confirmation).toEqual({ thumbprint });
  });

  it("takes no other token where it is asked for a bound one, be it known or not", async () => {
    const verifier = jwtVerifier(terms);
    const token = await sign(claims(), privateKey);
    const refusal = { code: "invalid_token", rejection: "wrong_use" };

    await expect(verifier.verifyBound(token)).rejects.toMatchObject(refusal);
    const principal = await verifier.verify(token);
    await expect(verifier.verifyBound(token)).rejects.toMatchObject(refusal);

    expect(principal).not.toHaveProperty("confirmation");
  });

  it("gives out a principal that nobody can change", async () => {
    const principal = await jwtVerifier(terms).verifyBound(await bound());

    expect(Object.isFrozen(principal) && Object.isFrozen(principal.confirmation)).toBe(true);
  });
});

describe("createDpopVerifier", () => {
  const create = (options: Partial<DpopVerifierOptions>) => () =>
    createDpopVerifier({ verifier: jwtVerifier(), publicUrl: "https://api.example", ...options });
  const secret = "s".repeat(32);

  it.each<readonly [string, Partial<DpopVerifierOptions>]>([
    ["no algorithm", { algorithms: [] }],
    ["none", { algorithms: ["ES256", "none"] }],
    ["a shared secret", { algorithms: ["HS256"] }],
    ["an address without TLS", { publicUrl: "http://api.example" }],
    ["an address with a query", { publicUrl: "https://api.example/?a=b" }],
    ["an address with a fragment", { publicUrl: "https://api.example/#a" }],
    ["an address with credentials", { publicUrl: "https://ada:pw@api.example" }],
    ["no address", { publicUrl: "/orders" }],
    ["proofs of no age", { maxAgeSeconds: 0 }],
    ["proofs of any age", { maxAgeSeconds: Number.POSITIVE_INFINITY }],
    ["proofs that are too old", { maxAgeSeconds: 301 }],
    ["proofs of an age that is none", { maxAgeSeconds: Number.NaN }],
    ["clocks that run behind", { clockToleranceSeconds: -1 }],
    ["clocks that are too far ahead", { clockToleranceSeconds: 61 }],
    ["a secret that is too short", { nonces: { secret: "s".repeat(31) } }],
    ["nonces that end at once", { nonces: { secret, lifeSeconds: 9 } }],
    ["nonces that do not end", { nonces: { secret, lifeSeconds: 3601 } }],
  ])("cannot be made with %s", (_case, options) => {
    expect(create(options)).toThrow(TypeError);
  });

  it.each<Partial<DpopVerifierOptions>>([
    { publicUrl: new URL("http://127.0.0.1:8080/shop") },
    { maxAgeSeconds: 300, clockToleranceSeconds: 60 },
    { clockToleranceSeconds: 0, algorithms: ["ES512"] },
    { nonces: { secret, lifeSeconds: 10 } },
    { nonces: { secret, lifeSeconds: 3600 } },
  ])("can be made with %j", (options) => {
    expect(create(options)).not.toThrow();
  });
});

describe("a replay store in memory", () => {
  const until = nowSeconds + 66;

  it("knows an id until it is over, and not from then on", async () => {
    const clock = adjustableClock();
    const { add } = createMemoryReplayStore({ clock });

    const first = [await add("a", until), await add("a", until), await add("b", until)];
    clock.time += 65_999;
    const before = await add("a", until);
    clock.time += 1;
    const after = await add("a", until + 66);

    expect([...first, before, after]).toEqual([true, false, true, false, true]);
  });

  it("tells one of many who ask at once that an id is new", async () => {
    const { add } = createMemoryReplayStore({ clock: adjustableClock() });

    const told = await Promise.all(Array.from({ length: 100 }, () => add("a", until)));

    expect(told.filter(Boolean)).toHaveLength(1);
  });

  it("knows all that are not over while it is full, and has room again when some are", async () => {
    const clock = adjustableClock();
    const { add } = createMemoryReplayStore({ clock, maxEntries: 3 });
    for (const [index, id] of ["a", "b", "c"].entries()) await add(id, until + index);

    const full = { code: "provider_unavailable", cause: expect.any(Error) };
    await expect(add("d", until)).rejects.toMatchObject(full);
    const known = await Promise.all(["a", "b", "c"].map((id) => add(id, until)));
    clock.time += 66_000;
    const added = await add("d", until + 66);

    expect([...known, added]).toEqual([false, false, false, true]);
    await expect(add("e", until + 66)).rejects.toMatchObject(full);
    expect(await add("b", until + 66)).toBe(false);
  });

  it("takes an id anew that was over before others are", async () => {
    const clock = adjustableClock();
    const { add } = createMemoryReplayStore({ clock, maxEntries: 2 });
    await add("long", until + 100);
    await add("short", until);
    clock.time += 66_000;

    expect([await add("short", until + 66), await add("short", until + 66)]).toEqual([true, false]);
  });

  it("forgets nothing when the clock is set back", async () => {
    const clock = adjustableClock();
    const { add } = createMemoryReplayStore({ clock });
    await add("a", until);

    clock.time -= 3_600_000;

    expect(await add("a", until)).toBe(false);
  });

  it("is not made without room for anything", () => {
    expect(() => createMemoryReplayStore({ maxEntries: 0 })).toThrow(TypeError);
    expect(() => createMemoryReplayStore({ maxEntries: Number.NaN })).toThrow(TypeError);
  });
});

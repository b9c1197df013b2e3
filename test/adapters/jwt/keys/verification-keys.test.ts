import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import {
  type ImportedKey,
  prepareKey,
  verificationKeysOf,
} from "../../../../src/adapters/jwt/keys/verification-keys.ts";
import { IdentityError } from "../../../../src/domain/errors.ts";
import type { JsonWebKeySet, KeySet, PublicJsonWebKey } from "../../../../src/ports/index.ts";
import { signingKey } from "../token-signer.ts";

let first: PublicJsonWebKey;
let second: PublicJsonWebKey;
let p256: PublicJsonWebKey;
let p384: PublicJsonWebKey;
let ed25519: PublicJsonWebKey;

beforeAll(async () => {
  first = (await signingKey("access-1")).jwk;
  second = (await signingKey("access-2")).jwk;
  p256 = (await signingKey("access-3", "ES256")).jwk;
  p384 = (await signingKey("access-4", "ES384")).jwk;
  ed25519 = (await signingKey("access-5", "EdDSA")).jwk;
});

afterEach(() => vi.restoreAllMocks());

const header = (keyId: string, algorithm = "RS256") => ({
  algorithm,
  keyId,
  namesKeyAddress: false,
  keyName: `${algorithm} ${keyId}`,
  type: undefined,
});

const unavailable = { code: "keys_unavailable" };

/** Signing keys of a key set that gives what it is told to: the keys at hand, and those that a refresh brings. */
function world(...keys: readonly PublicJsonWebKey[]) {
  const source = {
    answer: Promise.resolve<JsonWebKeySet>({ keys }),
    refreshed: Promise.resolve<JsonWebKeySet>({ keys }),
    sought: [] as (string | undefined)[],
  };
  const keySet: KeySet = {
    current: () => source.answer,
    refresh(keyId) {
      source.sought.push(keyId);
      return source.refreshed;
    },
  };
  const publish = (...published: readonly PublicJsonWebKey[]) => {
    source.answer = Promise.resolve({ keys: published });
  };
  return { source, publish, signing: verificationKeysOf(keySet) };
}

/** Fails, and is known to. */
function failing(error: unknown): Promise<never> {
  const promise = Promise.reject(error);
  promise.catch(() => undefined);
  return promise;
}

describe("keys that are ready", () => {
  it("are none until one is prepared", async () => {
    const { signing } = world(first);

    expect(await signing.ready()).toEqual(new Map());
    const key = await signing.prepare(header("access-1"));

    expect([...(await signing.ready())]).toEqual([["RS256 access-1", key]]);
  });

  it("are given at once where the key set answers as it did the last time", async () => {
    const { signing, publish } = world(first);

    expect(signing.ready()).toBeInstanceOf(Promise);
    await signing.ready();
    expect(signing.ready()).toBeInstanceOf(Map);
    publish(first);

    expect(signing.ready()).toBeInstanceOf(Promise);
  });

  it("stay while they are published, and go with their key", async () => {
    const { signing, publish } = world(first, second);
    await signing.ready();
    const kept = await signing.prepare(header("access-1"));
    await signing.prepare(header("access-2"));

    publish({ ...first });

    expect([...(await signing.ready())]).toEqual([["RS256 access-1", kept]]);
  });

  it("go with their key where another has its id", async () => {
    const { signing, publish } = world(first);
    await signing.ready();
    await signing.prepare(header("access-1"));

    publish({ ...second, kid: "access-1" });

    expect(await signing.ready()).toEqual(new Map());
  });

  it("are not joined by one that left while it was made ready", async () => {
    const { signing, publish } = world(p256);
    await signing.ready();
    const gate = Promise.withResolvers<void>();
    const importKey = crypto.subtle.importKey.bind(crypto.subtle);
    const spy = vi.spyOn(crypto.subtle, "importKey").mockImplementation(async (...terms) => {
      await gate.promise;
      return Reflect.apply(importKey, undefined, terms);
    });
    const preparing = signing.prepare(header("access-3", "ES256"));
    await vi.waitFor(() => expect(spy).toHaveBeenCalled());
    publish(second);
    await signing.ready();

    gate.resolve();

    await expect(preparing).resolves.toMatchObject({ name: "ES256 access-3" });
    expect(await signing.ready()).toEqual(new Map());
  });

  it.each<[string, () => Promise<JsonWebKeySet>]>([
    ["fails", () => failing(new RangeError("broken"))],
    [
      "throws",
      () => {
        throw new RangeError("broken");
      },
    ],
  ])("are unavailable where the key set %s, and later are not", async (_what, current) => {
    let answer = current;
    const signing = verificationKeysOf({ current: () => answer(), refresh: () => answer() });

    await expect(signing.ready()).rejects.toMatchObject({
      ...unavailable,
      cause: expect.any(RangeError),
    });
    answer = async () => ({ keys: [first] });

    await expect(signing.ready()).resolves.toEqual(new Map());
    await expect(signing.prepare(header("access-1"))).resolves.toMatchObject({ jwk: first });
  });

  it("are unavailable in the key set's own words, where it has them", async () => {
    const error = new IdentityError("keys_unavailable", { retryAfterSeconds: 7 });
    const { signing, source } = world(first);
    source.answer = failing(error);
    source.refreshed = failing(error);

    await expect(signing.ready()).rejects.toBe(error);
    await expect(signing.prepare(header("access-1"))).rejects.toBe(error);
  });

  it("are unavailable where the key set cannot be trusted, and those at hand stay", async () => {
    const { signing, source } = world(first);
    const good = source.answer;
    await signing.ready();
    const key = await signing.prepare(header("access-1"));
    const secret = { kty: "oct", k: "AA" };
    source.answer = Promise.resolve({ keys: [second, secret] });

    await expect(signing.ready()).rejects.toMatchObject(unavailable);
    source.answer = good;

    expect([...(await signing.ready())]).toEqual([["RS256 access-1", key]]);
  });
});

describe("a key is prepared", () => {
  it("once, for all who ask", async () => {
    const { signing, source } = world(p256);
    await signing.ready();
    const spy = vi.spyOn(crypto.subtle, "importKey");

    const keys = await Promise.all(
      [1, 2, 3].map(() => signing.prepare(header("access-3", "ES256"))),
    );
    source.answer = Promise.resolve(await source.answer);
    await signing.ready();
    keys.push(await signing.prepare(header("access-3", "ES256")));

    expect(new Set(keys).size).toBe(1);
    expect(spy).toHaveBeenCalledTimes(1);
    expect(source.sought).toEqual([]);
  });

  it("for each algorithm that it is asked for with", async () => {
    const { signing } = world(first);
    await signing.ready();

    const keys = [
      await signing.prepare(header("access-1")),
      await signing.prepare(header("access-1", "RS512")),
    ];

    expect(keys.map(({ name }) => name)).toEqual(["RS256 access-1", "RS512 access-1"]);
    expect((await signing.ready()).size).toBe(2);
  });

  it("anew where another has its id", async () => {
    const { signing, publish } = world(first);
    await signing.ready();
    await signing.prepare(header("access-1"));
    publish({ ...second, kid: "access-1" });
    await signing.ready();

    const key = await signing.prepare(header("access-1"));

    expect(key.jwk).toEqual({ ...second, kid: "access-1" });
    expect([...(await signing.ready()).values()]).toEqual([key]);
  });

  it("from what a refresh brings, where it is not at hand", async () => {
    const { signing, source } = world(first);
    await signing.ready();
    source.refreshed = Promise.resolve({ keys: [first, second] });

    await expect(signing.prepare(header("access-2"))).resolves.toMatchObject({ jwk: second });

    expect(source.sought).toEqual(["access-2"]);
  });

  it("not where nobody publishes it", async () => {
    const { signing, source } = world(first);
    await signing.ready();

    await expect(signing.prepare(header("invented"))).rejects.toMatchObject({
      code: "invalid_token",
      rejection: "unknown_key",
    });

    expect(source.sought).toEqual(["invented"]);
  });

  it("not where it is too weak, for which nobody is asked", async () => {
    const { signing, source } = world({ ...first, e: "AQ" });
    await signing.ready();

    await expect(signing.prepare(header("access-1"))).rejects.toMatchObject({
      ...unavailable,
      cause: expect.any(Error),
    });

    expect(source.sought).toEqual([]);
  });

  it("not where a refresh brings one that is too weak", async () => {
    const { signing, source } = world(first);
    await signing.ready();
    source.refreshed = Promise.resolve({ keys: [first, { ...second, e: "AQ" }] });

    await expect(signing.prepare(header("access-2"))).rejects.toMatchObject(unavailable);
  });

  it("not where a refresh fails", async () => {
    const { signing, source } = world(first);
    await signing.ready();
    source.refreshed = failing(new RangeError("broken"));

    await expect(signing.prepare(header("access-2"))).rejects.toMatchObject({
      ...unavailable,
      cause: expect.any(RangeError),
    });
  });
});

describe("a prepared key", () => {
  const prepare = (jwk: PublicJsonWebKey, algorithm: string): Promise<ImportedKey> =>
    prepareKey(jwk, { algorithm, keyName: `${algorithm} ${jwk.kid}` });

  it("verifies, and is for nothing else", async () => {
    const jwk = { ...p256, alg: "ES256", use: "sig", key_ops: ["sign", "verify"] };

    const prepared = await prepare(jwk, "ES256");

    expect(prepared).toMatchObject({ name: "ES256 access-3", jwk });
    expect(prepared.verification).toEqual({ name: "ECDSA", hash: "SHA-256" });
    expect(prepared.key).toMatchObject({ type: "public", extractable: false, usages: ["verify"] });
  });

  it("is for any algorithm of its type where it names none", async () => {
    for (const algorithm of ["RS256", "RS512", "PS256"]) {
      await expect(prepare(first, algorithm)).resolves.toBeDefined();
    }
    await expect(prepare(ed25519, "EdDSA")).resolves.toBeDefined();
  });

  it("checks signatures in the runtime's own way where it is an issuer's, and RSA", async () => {
    const { signing } = world(first, p256);

    const keys = [
      await signing.prepare(header("access-1")),
      await signing.prepare(header("access-3", "ES256")),
      await prepare(first, "RS256"),
    ];

    expect(keys.map(({ native }) => typeof native)).toEqual(["object", "undefined", "undefined"]);
  });

  it("is not given to WebCrypto where the runtime checks all of its signatures", async () => {
    const imports = vi.spyOn(crypto.subtle, "importKey");
    const { signing } = world(first, p256);

    await signing.prepare(header("access-1"));
    expect(imports).not.toHaveBeenCalled();
    await signing.prepare(header("access-3", "ES256"));
    expect(imports).toHaveBeenCalledTimes(1);
  });

  it.each<[string, () => PublicJsonWebKey, string]>([
    ["an algorithm that it does not name", () => ({ ...first, alg: "RS512" }), "RS256"],
    ["an algorithm of another type", () => first, "ES256"],
    ["an algorithm of another type, on a curve", () => p256, "RS256"],
    ["an algorithm of another curve", () => p384, "ES256"],
    ["an algorithm of another curve, of Edwards", () => ({ ...ed25519, crv: "X25519" }), "EdDSA"],
    ["no algorithm", () => first, "none"],
    ["a shared secret's algorithm", () => ({ ...first, alg: "HS256" }), "HS256"],
  ])("is none for %s", async (_what, jwk, algorithm) => {
    await expect(prepare(jwk(), algorithm)).rejects.toMatchObject({
      code: "invalid_token",
      rejection: "unsupported_algorithm",
    });
  });

  it("is none that is on no curve, for which the token is not to blame", async () => {
    await expect(prepare({ ...p256, y: p256.x }, "ES256")).rejects.toMatchObject({
      ...unavailable,
      cause: expect.anything(),
    });
  });
});

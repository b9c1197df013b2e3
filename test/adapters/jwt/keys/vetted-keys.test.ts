import { beforeAll, describe, expect, it } from "vitest";
import { isStrongKey } from "../../../../src/adapters/jwt/keys/public-key.ts";
import { hasRocaFingerprint } from "../../../../src/adapters/jwt/keys/roca.ts";
import { vetKeys, vetSomeKeys } from "../../../../src/adapters/jwt/keys/vetted-keys.ts";
import { signingKey } from "../token-signer.ts";

type Key = Awaited<ReturnType<typeof signingKey>>["jwk"];

let key: Key;
let otherKey: Key;
let ecKey: Key;
let okpKey: Key;

beforeAll(async () => {
  key = (await signingKey("access-1")).jwk;
  otherKey = (await signingKey("access-2")).jwk;
  ecKey = (await signingKey("access-3", "ES256")).jwk;
  okpKey = (await signingKey("access-4", "EdDSA")).jwk;
});

const vet = (...keys: readonly unknown[]) => vetKeys({ keys });

describe("a key set is refused", () => {
  it.each<[string, unknown]>([
    ["that is missing", undefined],
    ["of null", null],
    ["of text", "keys"],
    ["of a list", []],
    ["of no keys", {}],
    ["of keys that are no list", { keys: {} }],
    ["of keys that are text", { keys: "keys" }],
  ])("%s", (_what, document) => {
    expect(() => vetKeys(document)).toThrow("That is no key set.");
  });

  it("of more than 16 keys to verify with, whatever else there is", () => {
    const keys = Array.from({ length: 17 }, (_, index) => ({ ...key, kid: `${index}` }));
    const rest = [null, { kty: "new" }, { ...key, e: "AQ" }, { ...key, use: "enc" }];

    expect(vet(...rest, ...keys.slice(1)).keys).toEqual(keys.slice(1));
    expect(() => vet(...keys)).toThrow("too many");
  });

  it.each(["d", "p", "q", "dp", "dq", "qi", "oth", "k"])(
    "that publishes a key with the member %s, usable or not",
    (member) => {
      expect(() => vet({ ...key, [member]: "AQ" })).toThrow("secret");
      expect(() => vet(key, { kty: "new", [member]: "AQ" })).toThrow("secret");
    },
  );

  it("that publishes a shared key", () => {
    expect(() => vet(key, { kty: "oct", k: "AQ" })).toThrow("secret");
  });

  it("without a usable key, where there are keys to be lost", () => {
    expect(() => vetSomeKeys({ keys: [{ ...key, e: "AQ" }] })).toThrow("no usable key");
    expect(() => vetSomeKeys({})).toThrow("That is no key set.");
    expect(vetSomeKeys({ keys: [key] }).keys).toEqual([key]);
  });
});

describe("a key set gives", () => {
  it("keys of every known type, with what a verifier needs of them", () => {
    const more = { use: "sig", key_ops: ["sign", "verify"] };
    const keys = [
      { ...key, ...more, alg: "RS256" },
      { ...ecKey, ...more, alg: "ES256" },
      { ...okpKey, ...more, alg: "EdDSA" },
    ];

    expect(vet(...keys.map((entry) => ({ ...entry, x5t: "AQ", note: 1 })))).toEqual({
      keys,
      unusableKeyIds: new Set(),
    });
  });

  it("keys without an id, however many", () => {
    const { kid: _kid, ...nameless } = key;
    const { kid: _otherKid, ...otherNameless } = otherKey;

    const { keys } = vet(nameless, otherNameless);

    expect(keys.map((entry) => Object.keys(entry).sort())).toEqual([
      ["e", "kty", "n"],
      ["e", "kty", "n"],
    ]);
  });

  it.each(["d", "p", "q", "dp", "dq", "qi", "oth", "k"])(
    "nothing of a key whose member %s is null, and all of those beside it",
    (member) => {
      expect(vet({ ...key, [member]: null }, otherKey)).toEqual({
        keys: [otherKey],
        unusableKeyIds: new Set(["access-1"]),
      });
    },
  );

  it("the id alone of a shared key without its secret", () => {
    expect(vet(key, { kty: "oct", kid: "shared" })).toEqual({
      keys: [key],
      unusableKeyIds: new Set(["shared"]),
    });
  });

  it("a key whose other members are null as one that has none", () => {
    expect(vet({ ...key, use: null, alg: null, key_ops: null })).toEqual({
      keys: [key],
      unusableKeyIds: new Set(),
    });
  });

  it("both of two keys under one id, for whoever looks for one to tell apart", () => {
    const keys = [key, { ...otherKey, kid: "access-1" }];

    expect(vet(...keys)).toEqual({ keys, unusableKeyIds: new Set() });
  });

  it("one key as often as it is there", () => {
    expect(vet(key, { ...key })).toEqual({ keys: [key, key], unusableKeyIds: new Set() });
  });

  it.each([
    { use: "enc" },
    { use: "" },
    { use: 7 },
    { alg: "RSA-OAEP" },
    { alg: "none" },
    { alg: "" },
    { key_ops: [] },
    { key_ops: ["sign", "encrypt"] },
  ])("nothing of a key that is for something else: %o", (members) => {
    expect(vet({ ...key, ...members }, otherKey)).toEqual({
      keys: [otherKey],
      unusableKeyIds: new Set(),
    });
  });

  it.each([
    { alg: 7 },
    { key_ops: "verify" },
    { key_ops: ["verify", 1] },
    { kty: "new" },
    { n: undefined },
    { n: "" },
    { n: 7 },
    { e: undefined },
    { e: "" },
    { e: "Aw" },
    { e: "AQAB=" },
    { use: "sig", n: "AQ" },
  ])("the id alone of a key that is broken or weak: %o", (members) => {
    expect(vet({ ...key, ...members }, otherKey)).toEqual({
      keys: [otherKey],
      unusableKeyIds: new Set(["access-1"]),
    });
  });

  it.each([{ crv: undefined }, { crv: 7 }, { x: undefined }, { x: 7 }, { x: "AQ==" }, { x: "" }])(
    "the ids alone of keys on a curve that are broken: %o",
    (members) => {
      expect(vet({ ...ecKey, ...members }, { ...okpKey, ...members })).toEqual({
        keys: [],
        unusableKeyIds: new Set(["access-3", "access-4"]),
      });
    },
  );

  it("the id alone of a key on a curve whose points have two parts, and one is missing", () => {
    const { y: _y, ...broken } = ecKey;

    expect(vet(broken).unusableKeyIds).toEqual(new Set(["access-3"]));
  });

  it("the id alone of a key of an unknown type, though it has what others have", () => {
    const unknown = [
      { ...key, kty: "new" },
      { ...ecKey, kty: "new" },
    ];

    expect(vet(...unknown)).toEqual({
      keys: [],
      unusableKeyIds: new Set(["access-1", "access-3"]),
    });
  });

  it("no id that is none", () => {
    const { kid: _kid, ...nameless } = key;

    expect(vet({ ...key, kid: 7 }, { ...key, kid: null }, { kty: "new" })).toEqual({
      keys: [nameless],
      unusableKeyIds: new Set(),
    });
  });

  it("no id as unusable that a good key has as well", () => {
    expect(vet({ kty: "RSA", kid: "access-1" }, key)).toEqual({
      keys: [key],
      unusableKeyIds: new Set(),
    });
  });
});

describe("the strength of a key", () => {
  const rsa = (modulus: bigint, exponent: bigint) =>
    isStrongKey({ kty: "RSA", n: uint(modulus), e: uint(exponent) });
  const ones = (bits: bigint) => (1n << bits) - 1n;

  it.each<[string, bigint, bigint, boolean]>([
    ["of 2047 bits", ones(2047n), 65_537n, false],
    ["of 2048 bits", ones(2048n), 65_537n, true],
    ["of 8192 bits", ones(8192n), 65_537n, true],
    ["of 8193 bits", ones(8193n), 65_537n, false],
    ["with an even modulus", ones(2048n) - 1n, 65_537n, false],
    ["with the exponent 65535", ones(2048n), 65_535n, false],
    ["with the exponent 65536", ones(2048n), 65_536n, false],
    ["with the exponent 65538", ones(2048n), 65_538n, false],
    ["with the exponent 65539", ones(2048n), 65_539n, true],
  ])("$0 will do: $3", (_what, modulus, exponent, expected) => {
    expect(rsa(modulus, exponent)).toBe(expected);
  });

  it("will not do where its numbers are not written as such", () => {
    expect(isStrongKey({ kty: "RSA", n: "!", e: "AQAB" })).toBe(false);
    expect(isStrongKey({ kty: "RSA", n: uint(ones(2048n)), e: "!" })).toBe(false);
  });

  it("will do on any curve", () => {
    expect(isStrongKey({ kty: "EC", crv: "P-256", x: "AQ", y: "AQ" })).toBe(true);
    expect(isStrongKey({ kty: "OKP", crv: "Ed25519", x: "AQ" })).toBe(true);
  });

  it("will not do where the modulus gives its factors away", () => {
    const even = (ones(2048n) / product / 2n - 1n) * 2n;
    const modulus = even * product + powerOf65537(7n);

    expect([modulus >> 2047n, modulus & 1n]).toEqual([1n, 1n]);
    expect(rsa(modulus, 65_537n)).toBe(false);
    expect(rsa(modulus + 2n, 65_537n)).toBe(true);
  });
});

const primes = [
  ...[3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n, 59n, 61n, 67n, 71n],
  ...[73n, 79n, 83n, 89n, 97n, 101n, 103n, 107n, 109n, 113n, 127n, 131n, 137n, 139n, 149n, 151n],
  ...[157n, 163n, 167n],
];
const product = primes.reduce((all, prime) => all * prime, 1n);

describe("a modulus of the flawed generator", () => {
  it.each([0n, 1n, 2n, 3n, 10n, 1_000n])("is told by its residues: 65537 to the %d", (exponent) => {
    expect(hasRocaFingerprint(powerOf65537(exponent))).toBe(true);
    expect(hasRocaFingerprint(powerOf65537(exponent) + 12_345n * product)).toBe(true);
  });

  it.each(primes)("is told from one that differs modulo %d alone", (prime) => {
    const others = product / prime;
    const steps = Array.from({ length: Number(prime) }, (_, step) => BigInt(step));
    const multiple = steps.map((step) => 65_537n + step * others).find((n) => n % prime === 0n);

    expect(multiple).toBeDefined();
    expect(hasRocaFingerprint(multiple ?? 65_537n)).toBe(false);
  });

  it("is told from one whose residue is no power of 65537, though it has one", () => {
    // Modulo 11 its powers are 10 and 1.
    const others = product / 11n;
    const steps = Array.from({ length: 11 }, (_, step) => BigInt(step));
    const found = steps.map((step) => 65_537n + step * others);

    expect(found.filter(hasRocaFingerprint).map((n) => n % 11n)).toEqual(
      expect.arrayContaining([10n, 1n]),
    );
    expect(found.filter(hasRocaFingerprint)).toHaveLength(2);
  });
});

function powerOf65537(exponent: bigint): bigint {
  return 65_537n ** exponent;
}

/** Base64urlUInt (RFC 7518 section 2). */
function uint(number: bigint): string {
  const digits = number.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex").toString(
    "base64url",
  );
}

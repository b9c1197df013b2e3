import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { hex, pad, toBytes, toNumber } from "../rsa.ts";
import { decode, encode, type Signer } from "../signer.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "../verifier-case.ts";
import { accessClaims } from "../world.ts";
import { cooldownMs, createRemoteWorld, publish } from "./remote-world.ts";

type Members = Readonly<Record<string, unknown>>;

/** Keys that must not be used, made of a good one. */
const weakKeys: readonly (readonly [string, (signer: Signer) => Members])[] = [
  ["of 1024 bits", () => ({ n: encode(odd(128)) })],
  ["of 2047 bits", () => ({ n: encode(toBytes(toNumber(odd(256)) >> 1n)) })],
  ["of 8193 bits", () => ({ n: encode(new Uint8Array([1, ...odd(1024)])) })],
  ["with an even modulus", ({ jwk }) => ({ n: encode(toBytes(toNumber(decode(jwk.n)) - 1n)) })],
  ["with an exponent of one", () => ({ e: "AQ" })],
  ["with an exponent of three", () => ({ e: "Aw" })],
  ["with an exponent of 65535", () => ({ e: encode(hex("ffff")) })],
  ["with an even exponent", () => ({ e: encode(hex("010002")) })],
  ["with no exponent", () => ({ e: "" })],
  ["with a modulus that gives its factors away", () => ({ n: encode(toBytes(rocaModulus())) })],
  ["with a modulus that is no base64url", () => ({ n: "!".repeat(342) })],
  ["with a modulus that is padded", ({ jwk }) => ({ n: `${jwk.n}==` })],
  ["with an exponent that is padded", ({ jwk }) => ({ e: `${jwk.e}=` })],
  ["with a place for its private part, and nothing there", () => ({ d: null })],
];

/** The members that keep a good key from being used for signatures. */
const otherUses: readonly Members[] = [
  { use: "enc" },
  { use: "" },
  { use: 1 },
  { key_ops: ["sign"] },
  { key_ops: [] },
  { key_ops: "verify" },
  { key_ops: [1, "verify"] },
  { alg: "RSA-OAEP" },
  { alg: "none" },
  { alg: "HS256" },
  { alg: "" },
  { alg: ["RS256"] },
  { alg: "RS512" },
];

/** The keys that make a whole set not to be trusted. */
const secrets: readonly Members[] = [
  { kty: "oct", kid: "secret", k: "c2VjcmV0" },
  { kty: "RSA", kid: "a", d: "AQ" },
  { kty: "RSA", kid: "b", p: "AQ" },
  { kty: "EC", kid: "c", crv: "P-256", x: "AQ", y: "AQ", d: "AQ" },
  { kty: "OKP", kid: "d", crv: "Ed25519", x: "AQ", d: "AQ" },
  { kty: "new", k: "AQ" },
];

/** The cases on which keys count: JW1 to JW3, JW5 and JW6. */
export const vettingCases: readonly TokenVerifierCase[] = [
  ...weakKeys.map(([what, weaken]) =>
    verifierCase(`JW1: uses no key ${what}, and the good one beside it`, async (library) => {
      const world = await createRemoteWorld(library);
      const { endpoint, verifier, signer, next } = world;
      endpoint.answer = publish({ ...signer.jwk, ...weaken(signer) }, next.jwk);

      await verifier.verify(await next.sign(accessClaims()));
      await expectCode(verifier.verify(await signer.sign(accessClaims())), "keys_unavailable");

      const { keys } = await world.keys.current();
      expectEqual(
        "the keys",
        keys.map(({ kid }) => kid),
        ["access-2"],
      );
    }),
  ),

  verifierCase(
    "JW1: takes nothing that anyone can sign, with a key whose exponent is one",
    async (library) => {
      const { endpoint, verifier, signer, next } = await createRemoteWorld(library);
      endpoint.answer = publish({ ...signer.jwk, e: "AQ" }, next.jwk);
      const input = `${encode({ alg: "RS256", kid: "access-1" })}.${encode(accessClaims())}`;
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(input));
      const padded = pad([hex("3031300d060960864801650304020105000420"), new Uint8Array(digest)]);

      await expectCode(verifier.verify(`${input}.${encode(padded)}`), "keys_unavailable");
    },
  ),

  ...otherUses.map((members) =>
    verifierCase(`JW2: verifies with no key of ${JSON.stringify(members)}`, async (library) => {
      const { endpoint, verifier, signer, next } = await createRemoteWorld(library);
      endpoint.answer = publish({ ...signer.jwk, ...members }, next.jwk);

      await verifier.verify(await next.sign(accessClaims()));

      const token = await signer.sign(accessClaims());
      await expectCode(verifier.verify(token), "invalid_token", "keys_unavailable");
    }),
  ),

  verifierCase("JW2: verifies with a key that says that it is for that", async (library) => {
    const { endpoint, verifier, signer } = await createRemoteWorld(library);
    endpoint.answer = publish({ ...signer.jwk, use: "sig", alg: "RS256", key_ops: ["verify"] });

    await verifier.verify(await signer.sign(accessClaims()));
  }),

  verifierCase("JW2: takes a member that is null for one that is missing", async (library) => {
    const { endpoint, verifier, signer } = await createRemoteWorld(library);
    endpoint.answer = publish({ ...signer.jwk, use: null, alg: null, key_ops: null, x5c: null });

    await verifier.verify(await signer.sign(accessClaims()));
  }),

  ...secrets.map((secret) =>
    verifierCase(`JW3: refuses a set that publishes ${JSON.stringify(secret)}`, async (library) => {
      const world = await createRemoteWorld(library);
      const { endpoint, clock, keys, verifier, signer, next } = world;
      await verifier.verify(await signer.sign(accessClaims()));
      endpoint.answer = publish(next.jwk, secret);
      clock.time += cooldownMs;

      await expectCode(verifier.verify(await next.sign(accessClaims())), "keys_unavailable");

      await verifier.verify(await signer.sign(accessClaims()));
      expectEqual("the keys", (await keys.current()).keys.length, 1);
    }),
  ),

  verifierCase("JW3: tells whoever watches of a set that publishes a secret", async (library) => {
    const failures: unknown[] = [];
    const onFailure = (failure: unknown) => failures.push(failure);
    const { endpoint, verifier, signer } = await createRemoteWorld(library, {
      terms: { onFailure },
    });
    endpoint.answer = publish(signer.jwk, secrets[0]);

    await expectCode(verifier.verify(await signer.sign(accessClaims())), "keys_unavailable");

    expectEqual("the number of failures", failures.length, 1);
    expectThat("it repeats no secret", !String(failures[0]).includes("c2VjcmV0"));
  }),

  verifierCase("JW3: refuses a set with one of its own private keys", async (library) => {
    const { endpoint, verifier, signer, next } = await createRemoteWorld(library);
    endpoint.answer = publish(signer.jwk, { ...next.privateJwk, kid: "access-2" });

    await expectCode(verifier.verify(await signer.sign(accessClaims())), "keys_unavailable");
  }),

  verifierCase("JW5: uses the good key beside what is none", async (library) => {
    const { endpoint, verifier, signer } = await createRemoteWorld(library);
    const rest = [
      null,
      7,
      "key",
      [],
      {},
      { kty: "AKP", kid: "new" },
      { kty: "RSA", kid: "broken" },
      { kty: 1 },
    ];
    endpoint.answer = publish(...rest, signer.jwk);

    await verifier.verify(await signer.sign(accessClaims()));

    const broken = await signer.sign(accessClaims(), { kid: "broken" });
    await expectCode(verifier.verify(broken), "keys_unavailable");
  }),

  verifierCase(
    "JW6: uses a key that names no algorithm with the configured one only",
    async (library) => {
      const { endpoint, verifier, signer } = await createRemoteWorld(library);
      const { alg: _alg, use: _use, ...bare } = signer.jwk;
      endpoint.answer = publish(bare);

      await verifier.verify(await signer.sign(accessClaims()));

      await expectRefusal(
        verifier.verify(await signer.sign(accessClaims(), { alg: "PS256" })),
        "unsupported_algorithm",
      );
    },
  ),
];

/** A number of so many bytes, odd and with its first bit set. */
function odd(bytes: number): Uint8Array {
  return new Uint8Array(bytes).fill(0xff);
}

/** A modulus that is a power of 65537 modulo each small prime, as all of CVE-2017-15361 are: nobody needs its factors. */
function rocaModulus(): bigint {
  const primes = [
    2n,
    3n,
    5n,
    7n,
    11n,
    13n,
    17n,
    19n,
    23n,
    29n,
    31n,
    37n,
    41n,
    43n,
    47n,
    53n,
    59n,
    61n,
    67n,
    71n,
    73n,
    79n,
    83n,
    89n,
    97n,
    101n,
    103n,
    107n,
    109n,
    113n,
    127n,
    131n,
    137n,
    139n,
    149n,
    151n,
    157n,
    163n,
    167n,
  ];
  const product = primes.reduce((all, prime) => all * prime, 1n);
  return ((1n << 2047n) / product) * product + product + 65_537n ** 5n;
}

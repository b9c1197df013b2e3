import { expectCode, expectEqual } from "../../expectations.ts";
import type { Signer } from "../signer.ts";
import { type TokenVerifierCase, verifierCase } from "../verifier-case.ts";
import { accessClaims } from "../world.ts";
import { cooldownMs, createRemoteWorld, publish } from "./remote-world.ts";

/** The issuer's keys, each under an id of its own, and one that no token names. */
interface Keys {
  readonly signer: Signer;
  readonly next: Signer;
}

/** Entries that a key set may hold besides good keys, and that must not keep those from being used. */
const neighbours: readonly (readonly [string, (keys: Keys) => readonly unknown[]])[] = [
  [
    "another for encryption under its id",
    ({ signer, next }) => [
      { ...next.jwk, kid: signer.jwk.kid, use: "enc", alg: "RSA-OAEP" },
      { ...signer.jwk, use: "enc" },
    ],
  ],
  ["a weak one under its id", ({ signer }) => [{ ...signer.jwk, e: "AQ" }]],
  [
    "two under an id that no token names",
    ({ signer, next }) => [
      { ...signer.jwk, kid: "clash" },
      { ...next.jwk, kid: "clash" },
    ],
  ],
  ["a shared one without its secret", () => [{ kty: "oct", kid: "shared", alg: "HS256" }]],
  ["a shared one whose secret is null", () => [{ kty: "oct", kid: "shared", k: null }]],
  ["one whose private part is null", ({ next }) => [{ ...next.jwk, kid: "other", d: null }]],
  ["one whose algorithm is null", ({ next }) => [{ ...next.jwk, kid: "other", alg: null }]],
  [
    "seventeen that nobody can verify with",
    () => [
      ...Array.from({ length: 9 }, (_, index) => ({ kty: "AKP", kid: `new-${index}` })),
      ...Array.from({ length: 8 }, (_, index) => ({ kty: "RSA", kid: `${index}`, use: "enc" })),
    ],
  ],
  [
    "one of another type and algorithm under its id",
    ({ signer }) => [{ ...p256, kid: signer.jwk.kid }],
  ],
];

/** A public key, as RFC 7517 appendix A.1 has it. */
const p256 = {
  kty: "EC",
  crv: "P-256",
  x: "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
  y: "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
};

/**
 * Bad neighbours that must not silence a good key, and the one kind that does, as nobody could tell which of two is meant:
 * JW4.
 *
 * @see https://github.com/opensearch-project/security/issues/4618
 * @see https://github.com/keycloak/keycloak/issues/15616
 */
export const neighbourCases: readonly TokenVerifierCase[] = [
  ...neighbours.map(([what, others]) =>
    verifierCase(`JW4: uses a good key beside ${what}, wherever it stands`, async (library) => {
      const world = await createRemoteWorld(library);
      const { endpoint, clock, verifier, signer, next } = world;
      const answers = [
        publish(...others(world), signer.jwk),
        publish(signer.jwk, next.jwk, ...others(world)),
      ];
      for (const answer of answers) {
        endpoint.answer = answer;
        await verifier.verify(await signer.sign(accessClaims()));
        clock.time += 60 * cooldownMs;
      }

      await verifier.verify(await next.sign(accessClaims()));
    }),
  ),

  ...neighbours.map(([what, others]) =>
    verifierCase(`JW4: begins with a good key beside ${what}`, async (library) => {
      const { signer, next } = await createRemoteWorld(library);
      const keys = [...others({ signer, next }), signer.jwk];
      const seed = JSON.parse(JSON.stringify({ keys }));

      const world = await createRemoteWorld(library, {
        answer: () => new Response(null, { status: 500 }),
        terms: { seed },
      });

      await world.verifier.verify(await signer.sign(accessClaims()));
    }),
  ),

  verifierCase(
    "JW4: takes a key that was changed at once, be a clash beside it",
    async (library) => {
      const { endpoint, clock, verifier, signer, next } = await createRemoteWorld(library);
      const old = await signer.sign(accessClaims());
      await verifier.verify(old);
      const clash = { ...signer.jwk, kid: "clash" };
      endpoint.answer = publish(next.jwk, clash, { ...next.jwk, kid: "clash" });
      clock.time += cooldownMs;

      await verifier.verify(await next.sign(accessClaims()));

      await expectCode(verifier.verify(old), "invalid_token");
    },
  ),

  verifierCase(
    "JW4: uses neither of two keys of one id, type and algorithm, and any other",
    async (library) => {
      for (const alg of ["RS256", undefined, null]) {
        const { endpoint, verifier, signer, next } = await createRemoteWorld(library);
        const clash = { ...next.jwk, kid: signer.jwk.kid, alg };
        endpoint.answer = publish(clash, next.jwk, signer.jwk);

        await expectCode(verifier.verify(await signer.sign(accessClaims())), "keys_unavailable");
        await verifier.verify(await next.sign(accessClaims()));
        expectEqual("requests", endpoint.requests, 1);
      }
    },
  ),

  verifierCase("JW4: goes on with no key that came to share its id", async (library) => {
    const { endpoint, clock, keys, verifier, signer, next } = await createRemoteWorld(library);
    const token = await signer.sign(accessClaims());
    await verifier.verify(token);
    endpoint.answer = publish(signer.jwk, { ...next.jwk, kid: signer.jwk.kid });
    clock.time += cooldownMs;
    await keys.refresh();

    await expectCode(verifier.verify(token), "keys_unavailable");
  }),

  verifierCase("JW4: takes a set with one key twice", async (library) => {
    const { endpoint, verifier, signer } = await createRemoteWorld(library);
    endpoint.answer = publish(signer.jwk, { ...signer.jwk });

    await verifier.verify(await signer.sign(accessClaims()));
  }),
];

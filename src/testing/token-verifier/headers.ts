import type { KeySet } from "../../ports/index.ts";
import { ContractFailure, expectEqual } from "../expectations.ts";
import { forbidFetching } from "./forbidden-fetch.ts";
import { createEndpoint, jwksUri, publish } from "./key-sets/remote-world.ts";
import { encode } from "./signer.ts";
import { expectRefusal, type TokenVerifierCase, verifierCase } from "./verifier-case.ts";
import { accessClaims, clock, createWorld, issuer, keySetOf, signers } from "./world.ts";

/** The cases on what headers bring along: TV4 to TV7, TV21. */
export const headerCases: readonly TokenVerifierCase[] = [
  verifierCase(
    "TV4: takes no key from a header and fetches from no address in one",
    async (library) => {
      const { verifier, attacker, signer } = await createWorld(library);
      const address = "https://attacker.example/keys";
      const certificate = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A";
      const members = [
        { jwk: attacker.jwk },
        { jku: address },
        { x5u: address },
        { x5c: [certificate] },
        { jwk: null },
        { jwk: attacker.jwk, jku: address, x5u: address, x5c: [certificate] },
      ];
      const restore = forbidFetching();

      try {
        for (const header of members) {
          for (const { sign } of [attacker, signer])
            await expectRefusal(verifier.verify(await sign(accessClaims(), header)), "malformed");
        }
      } finally {
        restore();
      }
    },
  ),

  verifierCase("TV4: looks at no thumbprint of a certificate in a header", async (library) => {
    const { verifier, attacker, signer } = await createWorld(library);
    const header = { x5t: "AAAA", "x5t#S256": "AAAA" };

    await verifier.verify(await signer.sign(accessClaims(), header));

    const forged = await attacker.sign(accessClaims(), header);
    await expectRefusal(verifier.verify(forged), "bad_signature");
  }),

  verifierCase(
    "TV4: fetches keys from the address that it was told, where a header may name another",
    async (library) => {
      const [signer, attacker] = await signers();
      const endpoint = createEndpoint(publish(signer.jwk));
      const keys = library.createRemoteKeySet({ uri: jwksUri, fetch: endpoint.fetch, clock });
      const terms = { issuer, keys, audiences: ["api"], ignoreJku: true };
      const verifier = library.createJwtVerifier({ issuers: [library.oidcIssuer(terms)], clock });
      const claims = accessClaims({ aud: "api" });
      const elsewhere = "https://attacker.example/keys";
      const members = { jku: elsewhere, iss: elsewhere };
      const restore = forbidFetching();

      try {
        const forged = await attacker.sign(claims, { ...members, kid: elsewhere });
        await expectRefusal(verifier.verify(forged), "unknown_key");
        await expectRefusal(verifier.verify(await attacker.sign(claims, members)), "bad_signature");
        await verifier.verify(await signer.sign(claims, members));
        const more = { ...members, x5u: elsewhere };
        await expectRefusal(verifier.verify(await signer.sign(claims, more)), "malformed");
      } finally {
        restore();
      }
      expectEqual("the addresses", [...new Set(endpoint.addresses)], [jwksUri]);
    },
  ),

  ...[
    1,
    null,
    true,
    ["access-1"],
    {},
    "",
    "access-2",
    "ACCESS-1",
    "access-1 ",
    "../../../etc/passwd",
    "' OR 1=1 --",
    "__proto__",
    "constructor",
    "toString",
    "a".repeat(8_192),
    "access-1\r\nSet-Cookie: a=b",
    "\0",
  ].map((kid) =>
    verifierCase(`TV5: refuses the key id ${JSON.stringify(kid).slice(0, 40)}`, async (library) => {
      const { verifier, signer } = await createWorld(library);

      const token = await signer.sign(accessClaims(), { kid });

      const error = await expectRefusal(verifier.verify(token), "unknown_key");
      if (typeof kid === "string" && kid.length > 8 && error.message.includes(kid))
        throw new ContractFailure("the error repeats the key id");
    }),
  ),

  verifierCase(
    "TV6: refuses a token without a key id, however many keys there are",
    async (library) => {
      const [{ jwk }, other] = await signers();
      const another = { ...other.jwk, kid: "access-2" };

      for (const keys of [keySetOf(jwk), keySetOf(jwk, another), keySetOf(another, jwk)]) {
        const { verifier, signer } = await createWorld(library, { keys });
        const token = await signer.sign(accessClaims(), { kid: undefined });
        await expectRefusal(verifier.verify(token), "unknown_key");
      }
    },
  ),

  verifierCase(
    "TV6: takes a token without a key id where that is allowed and exactly one key fits",
    async (library) => {
      const [signer, other] = await signers();
      const { kid: _kid, ...nameless } = signer.jwk;
      const another = { ...other.jwk, kid: "access-2" };
      const token = await signer.sign(accessClaims({ aud: "api" }), { kid: undefined });
      const verify = (keys: KeySet) => {
        const terms = { issuer, keys, audiences: ["api"], allowMissingKeyId: true };
        const issuers = [library.oidcIssuer(terms)];
        return library.createJwtVerifier({ issuers, clock, cache: false }).verify(token);
      };

      const otherwise = { ...another, alg: "RS512" };
      for (const keys of [[signer.jwk], [nameless], [otherwise, signer.jwk], [nameless, nameless]])
        await verify(keySetOf(...keys));
      for (const keys of [[signer.jwk, another], [another, nameless], [otherwise], []])
        await expectRefusal(verify(keySetOf(...keys)), "unknown_key");
      await expectRefusal(verify(keySetOf(another)), "bad_signature");
    },
  ),

  verifierCase(
    "TV6: takes no token without a key id by a key that another came to",
    async (library) => {
      const [signer, other] = await signers();
      const sets = [{ keys: [signer.jwk] }, { keys: [signer.jwk, { ...other.jwk, kid: "new" }] }];
      const keys = { current: async () => sets[0] ?? { keys: [] }, refresh: () => keys.current() };
      const terms = { issuer, keys, audiences: ["api"], allowMissingKeyId: true };
      const verifier = library.createJwtVerifier({ issuers: [library.oidcIssuer(terms)], clock });
      const token = await signer.sign(accessClaims({ aud: "api" }), { kid: undefined });
      for (let times = 0; times < 3; times += 1) await verifier.verify(token);

      sets.shift();

      await expectRefusal(verifier.verify(token), "unknown_key");
      await verifier.verify(await signer.sign(accessClaims({ aud: "api" })));
    },
  ),

  ...[
    { crit: ["exp"], exp: 1 },
    { crit: [] },
    { crit: ["b64"], b64: true },
    { b64: false },
    { crit: ["b64"], b64: false },
    { zip: "DEF" },
    { enc: "A256GCM" },
    { crit: null },
    { cty: "JWT" },
    { cty: "jwt" },
    { cty: "application/jwt" },
    { cty: "application/JWT; charset=utf-8" },
    { cty: ["JWT"] },
    { constructor: "x" },
  ].map((members) =>
    verifierCase(`TV7: refuses a header with ${JSON.stringify(members)}`, async (library) => {
      const { verifier, signer } = await createWorld(library);

      const token = await signer.sign(accessClaims(), members);

      await expectRefusal(verifier.verify(token), "malformed");
    }),
  ),

  // https://github.com/jedisct1/rust-jwt-simple/issues/62, https://github.com/mozilla/fxa/issues/5888
  ...[
    ...[undefined, "JWT", "jwt", "application/jwt", "application/JWT"],
    ...["at+jwt", "at+JWT", "AT+JWT", "application/at+jwt", "Application/AT+JWT"],
  ].map((typ) =>
    verifierCase(`TV21: takes a token of type ${typ}`, async (library) => {
      const { verifier, signer } = await createWorld(library);

      await verifier.verify(await signer.sign(accessClaims(), { typ }));
    }),
  ),

  ...[
    "logout+jwt",
    "dpop+jwt",
    "secevent+jwt",
    "id+jwt",
    "JWE",
    "text/at+jwt",
    "application/",
    "application/application/at+jwt",
    "/at+jwt",
    "at+jwt ",
    "at+jwt;a=b",
    "",
    1,
    null,
    ["at+jwt"],
  ].map((typ) =>
    verifierCase(`TV21: refuses a token of type ${JSON.stringify(typ)}`, async (library) => {
      const { verifier, signer } = await createWorld(library);

      const token = await signer.sign(accessClaims(), { typ });

      await expectRefusal(verifier.verify(token), "wrong_use");
    }),
  ),

  ...[
    ...[
      '{"alg":"RS256","kid":"access-1","__proto__":1}',
      "[]",
      "null",
      "7",
      '"RS256"',
      "{",
      "",
      "{}",
      '\ufeff{"alg":"RS256","kid":"access-1"}',
    ],
    new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
  ].map((text) =>
    verifierCase(
      `TV10: refuses the header ${typeof text === "string" ? JSON.stringify(text) : "of no UTF-8"}`,
      async (library) => {
        const { verifier, signer } = await createWorld(library);
        const [, payload, signature] = (await signer.sign(accessClaims())).split(".");

        await expectRefusal(verifier.verify(`${encode(text)}.${payload}.${signature}`));
      },
    ),
  ),
];

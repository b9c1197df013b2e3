import fc from "fast-check";
import { base64url } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { decodeBase64url } from "../../../../src/adapters/jwt/format/base64url.ts";
import { parseObject } from "../../../../src/adapters/jwt/format/strict-json.ts";
import {
  createJwtVerifier,
  createRemoteKeySet,
  oauthIssuer,
  oidcIssuer,
} from "../../../../src/adapters/jwt/index.ts";
import { vetKeys } from "../../../../src/adapters/jwt/keys/vetted-keys.ts";
import { isIdentityError } from "../../../../src/domain/errors.ts";
import type { TokenVerifier } from "../../../../src/ports/index.ts";
import { claims, clientId, clock, issuer, keySetOf, sign, signingKey } from "../token-signer.ts";

let key: Awaited<ReturnType<typeof signingKey>>;
let verifiers: readonly TokenVerifier[];

beforeAll(async () => {
  key = await signingKey("access-1");
  const keys = keySetOf([key.jwk]);
  const options = { issuer, keys, audiences: ["api"] };
  verifiers = [
    createJwtVerifier({ issuer, clientIds: [clientId], keys, clock }),
    createJwtVerifier({ issuers: [oauthIssuer(options)], clock }),
    createJwtVerifier({ issuers: [oidcIssuer(options)], clock, cache: false }),
  ];
});

const bytesOf = (text: string) => new TextEncoder().encode(text);

/** Anything that JSON can say, with the names and values that matter more often than chance has it. */
const names = [
  ...Object.keys(claims()),
  "alg",
  "kid",
  "typ",
  "aud",
  "azp",
  "cnf",
  "__proto__",
  "constructor",
];
const values = [
  ...Object.values(claims()),
  "RS256",
  "none",
  "access-1",
  "at+jwt",
  "api",
  ["api"],
  1e300,
];
const { tree: jsonValue, object: jsonObject } = fc.letrec<{ tree: unknown; object: object }>(
  (tie) => ({
    tree: fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...values) },
      { weight: 2, arbitrary: fc.jsonValue() },
      fc.string({ unit: "binary" }),
      fc.array(tie("tree"), { maxLength: 3 }),
      tie("object"),
    ),
    object: fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie("tree"), {
      maxKeys: 8,
    }),
  }),
);

/** Fails unless each verifier takes a token, or refuses it in words of ours. */
async function expectVerdict(token: unknown): Promise<readonly string[]> {
  return Promise.all(
    verifiers.map(async ({ verify }) => {
      try {
        return (await (verify as (token: unknown) => Promise<{ kind: string }>)(token)).kind;
      } catch (error) {
        if (isIdentityError(error, "invalid_token", "token_expired")) return error.code;
        throw error;
      }
    }),
  );
}

describe("any token at all", () => {
  it("gets a verdict, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.anything(), fc.string({ unit: "binary" })), async (token) => {
        expect(await expectVerdict(token)).toEqual(Array(3).fill("invalid_token"));
      }),
      { numRuns: 2_000 },
    );
  });

  it("gets a verdict, whatever its parts", async () => {
    const part = fc.oneof(
      fc.base64String(),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => base64url.encode(bytes)),
      jsonObject.map((value) => base64url.encode(JSON.stringify(value))),
    );
    await fc.assert(
      fc.asyncProperty(part, part, part, async (...parts) => {
        expect(await expectVerdict(parts.join("."))).toEqual(Array(3).fill("invalid_token"));
      }),
      { numRuns: 2_000 },
    );
  });

  it("gets a verdict, whatever its header says", async () => {
    const [, payload, signature] = (await sign(claims(), key.privateKey)).split(".");
    await fc.assert(
      fc.asyncProperty(jsonObject, async (header) => {
        const token = [base64url.encode(JSON.stringify(header)), payload, signature].join(".");
        expect(await expectVerdict(token)).toEqual(Array(3).fill("invalid_token"));
      }),
      { numRuns: 1_000 },
    );
  });

  it("gets a verdict, whatever its claims say", async () => {
    const changes = fc.tuple(
      jsonObject,
      fc.constantFrom({}, claims()),
      fc.constantFrom("JWT", "at+jwt"),
    );
    await fc.assert(
      fc.asyncProperty(changes, async ([random, good, typ]) => {
        await expectVerdict(await sign({ ...good, ...random }, key.privateKey, { typ }));
      }),
      { numRuns: 500 },
    );
  });

  it("is refused once a character of it was changed", async () => {
    const token = await sign(claims(), key.privateKey);
    const position = fc.nat({ max: token.length - 1 });
    await fc.assert(
      fc.asyncProperty(
        position,
        fc.string({ unit: "binary", minLength: 0, maxLength: 2 }),
        async (at, change) => {
          const changed = token.slice(0, at) + change + token.slice(at + 1);
          fc.pre(changed !== token);
          expect((await expectVerdict(changed))[0]).toBe("invalid_token");
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe("base64url", () => {
  /** As the verifier calls it, with the text's own place for the target. */
  function decode(text: string): Uint8Array | undefined {
    const bytes = bytesOf(text);
    const length = decodeBase64url({ bytes, from: 0, to: bytes.length }, bytes, 0);
    return length === undefined ? undefined : bytes.subarray(0, length);
  }

  it("is read as it was written", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(decode(base64url.encode(bytes))).toEqual(bytes);
      }),
    );
  });

  it("is read in one spelling only", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary-ascii" }),
      fc.string({ unit: fc.constantFrom(..."AQgwEIMZaz09-_+/=. ") }),
    );
    fc.assert(
      fc.property(text, (spelling) => {
        const bytes = decode(spelling);
        if (bytes) expect(base64url.encode(bytes)).toBe(spelling);
        else expect(isStrict(spelling)).toBe(false);
      }),
      { numRuns: 20_000 },
    );
  });

  it("is read where it stands, and changes nothing around", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 50 }),
        fc.nat(20),
        fc.nat(20),
        (bytes, before, after) => {
          const text = base64url.encode(bytes);
          const around = bytesOf("!".repeat(before) + text + "!".repeat(after));
          const target = new Uint8Array(100).fill(7);

          const range = { bytes: around, from: before, to: before + text.length };
          const length = decodeBase64url(range, target, before);

          expect(length).toBe(bytes.length);
          expect(target.subarray(before, before + bytes.length)).toEqual(bytes);
          expect(target.subarray(0, before).every((byte) => byte === 7)).toBe(true);
          expect(target.subarray(before + bytes.length).every((byte) => byte === 7)).toBe(true);
        },
      ),
    );
  });

  /** By the letter of RFC 7515 section 2 and RFC 4648 section 3.5. */
  function isStrict(text: string): boolean {
    return (
      /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/.test(text) &&
      !text.endsWith("\n")
    );
  }
});

describe("an object in a token", () => {
  it("is read as any parser reads it", () => {
    fc.assert(
      fc.property(jsonObject, fc.constantFrom(undefined, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!/"(?:__proto__|constructor)":/.test(text));
        expect(parseObject(bytesOf(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 1_000 },
    );
  });

  it("is refused where it says anything twice", () => {
    const member = fc.tuple(fc.string({ unit: "binary" }), jsonValue);
    const inside = fc.constantFrom(
      (text: string) => text,
      (text: string) => `{"a":[1,${text}]}`,
      (text: string) => `{ "a" : { "b" : ${text} } }`,
    );
    fc.assert(
      fc.property(
        member,
        jsonValue,
        fc.dictionary(fc.string(), jsonValue),
        inside,
        ([name, value], other, rest, wrap) => {
          const members = [[name, value], ...Object.entries(rest), [name, other]].map(
            ([key, content]) => `${JSON.stringify(key)}:${JSON.stringify(content)}`,
          );
          expect(() => parseObject(bytesOf(wrap(`{${members.join(",")}}`)))).toThrow(
            "invalid_token",
          );
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("is refused in words of ours, whatever it is", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.uint8Array(), fc.json().map(bytesOf), fc.string().map(bytesOf)),
        (bytes) => {
          try {
            parseObject(bytes);
          } catch (error) {
            expect(error).toMatchObject({ code: "invalid_token", rejection: "malformed" });
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe("a key set", () => {
  const member = fc.constantFrom(
    "kty",
    "kid",
    "n",
    "e",
    "alg",
    "use",
    "key_ops",
    "crv",
    "x",
    "y",
    "d",
    "k",
  );
  const entry = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(
      member,
      fc.oneof(fc.constantFrom("RSA", "EC", "oct", "AQAB", "sig", "RS256"), fc.jsonValue()),
    ),
  );

  it("is taken or refused, whatever it is, and holds no secret when it is taken", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ keys: fc.array(entry, { maxLength: 20 }) })),
        (document) => {
          try {
            const { keys } = vetKeys(document);
            for (const each of keys)
              expect(["kty", "n", "e", "crv", "x", "y", "kid", "alg", "use", "key_ops"]).toEqual(
                expect.arrayContaining(Object.keys(each)),
              );
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
            expect(error).not.toBeInstanceOf(TypeError);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("keeps its good key, or is refused as a whole, whatever stands beside it", () => {
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), (others) => {
        try {
          expect(vetKeys({ keys: [...others, key.jwk] }).keys).toContainEqual(key.jwk);
        } catch (error) {
          expect(String(error)).toMatch(/secret key|one id/);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("says that it is unavailable, whatever the answer", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array(), fc.json()),
        fc.integer({ min: 200, max: 599 }),
        async (body, status) => {
          const answer = async () =>
            new Response([204, 205, 304].includes(status) ? null : body, { status });
          const keys = createRemoteKeySet({ uri: "https://issuer.example/keys", fetch: answer });
          await expect(keys.current()).rejects.toMatchObject({ code: "keys_unavailable" });
        },
      ),
      { numRuns: 300 },
    );
  });
});

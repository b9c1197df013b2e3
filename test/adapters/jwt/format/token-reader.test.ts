import { base64url, type CryptoKey } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createTokenReader } from "../../../../src/adapters/jwt/format/token-reader.ts";
import { createJwtVerifier } from "../../../../src/adapters/jwt/index.ts";
import { claims, clientId, clock, issuer, keySetOf, sign, signingKey } from "../token-signer.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A token that only looks like one, whose header has that key id. */
function unsigned(kid: string, payload: object = {}): string {
  const parts = [{ alg: "RS256", kid }, payload].map((part) => JSON.stringify(part));
  return [...parts, `signature of ${kid}`].map((part) => base64url.encode(part)).join(".");
}

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

describe("a header", () => {
  it("is read once for all tokens that have it", () => {
    const reader = createTokenReader();

    const first = reader.read(unsigned("key-1", { a: 1 }));
    const second = reader.read(unsigned("key-1", { a: 2 }));

    expect(second.header).toBe(first.header);
    expect([first.claims, second.claims]).toEqual([{ a: 1 }, { a: 2 }]);
  });

  it("is not taken for one that it begins with", () => {
    const reader = createTokenReader();
    const [header = "", payload, signature] = unsigned("key-1").split(".");
    reader.read([header, payload, signature].join("."));
    const longer = base64url.encode(`${text(base64url.decode(header))}   `);
    expect(longer.startsWith(header)).toBe(true);

    expect(() => reader.read([`${header}AAAA`, payload, signature].join("."))).toThrow();
    expect(reader.read([longer, payload, signature].join(".")).header.keyId).toBe("key-1");
  });

  it("is forgotten when there were sixteen others", () => {
    const reader = createTokenReader();
    const { header } = reader.read(unsigned("key-0"));
    for (let number = 1; number <= 16; number += 1) reader.read(unsigned(`key-${number}`));

    const again = reader.read(unsigned("key-0")).header;

    expect(again).not.toBe(header);
    expect(again).toEqual(header);
  });

  it("is not remembered where it is long", () => {
    const reader = createTokenReader();
    const token = unsigned("k".repeat(500));

    expect(reader.read(token).header).not.toBe(reader.read(token).header);
  });
});

describe("what vouches for a token", () => {
  it("stays what it is, however many others are read", () => {
    const reader = createTokenReader();
    const kids = Array.from({ length: 2_000 }, (_, number) => `key-${number}`);

    const read = kids.map((kid) => reader.read(unsigned(kid)));

    expect(read.map(({ signature }) => text(signature))).toEqual(
      kids.map((kid) => `signature of ${kid}`),
    );
    expect(read.map(({ signingInput }) => text(signingInput))).toEqual(
      kids.map((kid) => unsigned(kid).split(".").slice(0, 2).join(".")),
    );
  });
});

/** Tokens of one key, every other with the signature of the next, and what has to become of them. */
async function goodAndForged(privateKey: CryptoKey, alg: string) {
  const good = await Promise.all(
    Array.from({ length: 20 }, (_, n) =>
      // Of different lengths, so that nothing is where it was in the one before.
      sign(claims({ jti: `token-${"x".repeat(n)}` }), privateKey, { alg, kid: "k1" }),
    ),
  );
  const parts = good.map((token) => token.split("."));
  const forged = parts.map(([header, payload], n) =>
    [header, payload, parts[(n + 1) % parts.length]?.[2]].join("."),
  );
  const tokens = good.flatMap((token, n) => [token, forged[n] ?? ""]);
  return { tokens, expected: good.flatMap(() => ["fulfilled", "rejected"]) };
}

describe("tokens that are verified at one time", () => {
  it.each(["RS256", "PS256", "ES256", "ES512", "Ed25519"])(
    "are each judged by their own bytes (%s)",
    async (alg) => {
      const { privateKey, jwk } = await signingKey("k1", alg);
      const { tokens, expected } = await goodAndForged(privateKey, alg);
      const keys = keySetOf([jwk]);
      const options = { issuer, clientIds: [clientId], keys, clock, algorithms: [alg] };
      const verifier = createJwtVerifier(options);

      // Without keys at hand at first, when all of them are read before the first is verified.
      for (let times = 0; times < 2; times += 1) {
        const outcomes = await Promise.allSettled(tokens.map((token) => verifier.verify(token)));
        expect(outcomes.map(({ status }) => status)).toEqual(expected);
      }
    },
  );

  it("are each judged by their own bytes where those are not copied at once", async () => {
    const { privateKey, jwk } = await signingKey("k1");
    const { tokens, expected } = await goodAndForged(privateKey, "RS256");
    const verifier = createJwtVerifier({
      issuer,
      clientIds: [clientId],
      keys: keySetOf([jwk]),
      clock,
    });
    const verify = crypto.subtle.verify.bind(crypto.subtle);
    let calls = 0;
    // Only WebCrypto's own copying can be put off here, and only what is not Node leaves all to it.
    vi.stubGlobal("navigator", undefined);
    vi.spyOn(crypto.subtle, "verify").mockImplementation(async (...terms) => {
      calls += 1;
      // Some are over long before others, and their memory is somebody else's by then.
      await new Promise((resolve) => setTimeout(resolve, (calls * 7) % 20));
      return verify(...terms);
    });
    const judged = (list: readonly string[]) =>
      Promise.allSettled(list.map((token) => verifier.verify(token)));

    const outcomes = await Promise.all(
      Array.from({ length: 8 }, async (_, turn) => {
        await new Promise((resolve) => setTimeout(resolve, turn * 3));
        return judged(tokens);
      }),
    );

    expect(calls).toBeGreaterThan(tokens.length);
    for (const outcome of outcomes) {
      expect(outcome.map(({ status }) => status)).toEqual(expected);
    }
  });
});

describe("a token that is too long", () => {
  it("is refused before a character of it is looked at", async () => {
    const verifier = createJwtVerifier({
      issuer,
      clientIds: [clientId],
      keys: keySetOf([]),
      clock,
    });
    const token = "\u20ac".repeat(16_385);
    const looks = (["charCodeAt", "indexOf", "lastIndexOf", "slice"] as const).map((name) =>
      vi.spyOn(String.prototype, name),
    );

    const refusal = verifier.verify(token);

    const seen = looks.flatMap(({ mock }) => mock.contexts.filter((text) => text === token));
    vi.restoreAllMocks();
    expect(seen).toEqual([]);
    await expect(refusal).rejects.toMatchObject({ rejection: "malformed" });
  });
});

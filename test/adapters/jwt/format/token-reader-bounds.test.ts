import { describe, expect, it } from "vitest";
import { createTokenReader } from "../../../../src/adapters/jwt/format/token-reader.ts";
import { createJwtVerifier } from "../../../../src/adapters/jwt/index.ts";
import { clientId, clock, issuer, keySetOf } from "../token-signer.ts";

const encode = (text: string) => Buffer.from(text).toString("base64url");

const tokenOf = (kid: string, signature = "c2ln") =>
  [encode(JSON.stringify({ alg: "RS256", kid })), encode('{"iss":"any"}'), signature].join(".");

// Segments of base64url have no length of 4n + 1, so the first one makes up for it.
const longest = ["a", "ab", "abc"]
  .map((kid) => tokenOf(kid, "A"))
  .map((token) => token + "A".repeat(16_384 - token.length))
  .find((token) => token.slice(token.lastIndexOf(".") + 1).length % 4 !== 1);

describe("a reader of tokens", () => {
  it("takes 16384 characters at most", () => {
    const { read } = createTokenReader();

    expect(longest).toHaveLength(16_384);
    expect(read(longest ?? "").claims).toEqual({ iss: "any" });
    for (const rest of ["A", "AA", "AAA", "AAAA"]) {
      expect(() => read(`${longest}${rest}`)).toThrow(
        expect.objectContaining({ code: "invalid_token", rejection: "malformed" }) as Error,
      );
    }
  });

  it("has a verifier that takes as many", async () => {
    const { verify } = createJwtVerifier({
      issuer,
      clientIds: [clientId],
      keys: keySetOf(),
      clock,
    });

    await expect(verify(longest ?? "")).rejects.toMatchObject({ rejection: "wrong_issuer" });
    await expect(verify(`${longest}A`)).rejects.toMatchObject({ rejection: "malformed" });
  });

  it("remembers several headers at a time", () => {
    const { read } = createTokenReader();
    const kids = Array.from({ length: 16 }, (_, number) => `key-${number}`);
    const first = kids.map((kid) => read(tokenOf(kid)).header);

    const again = kids.map((kid) => read(tokenOf(kid)).header);

    expect(again.every((header, at) => header === first[at])).toBe(true);
  });

  it("remembers headers of up to 512 characters with their dot", () => {
    const { read } = createTokenReader();
    const kids = Array.from({ length: 12 }, (_, more) => "k".repeat(350 + more));
    const lengthOf = (kid: string) => tokenOf(kid).indexOf(".") + 1;

    const remembered = kids.filter((kid) => {
      const { header } = read(tokenOf(kid));
      return read(tokenOf(kid)).header === header;
    });

    expect(remembered).toEqual(kids.filter((kid) => lengthOf(kid) <= 512));
    expect(kids.map(lengthOf)).toContain(512);
    expect(kids.map(lengthOf)).toContain(513);
  });
});

describe("the memory of a token", () => {
  /** A token of that many characters. */
  const tokenOfLength = (length: number) => {
    const shortest = ["a", "ab", "abc"].map((kid) => tokenOf(kid, "A"));
    const [start = ""] = shortest.filter((token) => (length - token.length) % 4 !== 0);
    return start + "A".repeat(length - start.length);
  };

  it("is another's once it is released, and not before", () => {
    const { read, release } = createTokenReader();
    const first = read(tokenOf("a"));
    const second = read(tokenOf("b"));
    expect(second.memory).not.toBe(first.memory);

    release(first);
    const third = read(tokenOf("c"));
    expect(third.memory).toBe(first.memory);
    expect(read(tokenOf("d")).memory).not.toBe(third.memory);
  });

  it("is its own for good where it is longer than most", () => {
    const { read, release } = createTokenReader();
    const usual = tokenOfLength(3072);
    const long = tokenOfLength(3073);
    expect(usual).toHaveLength(3072);
    expect(long).toHaveLength(3073);

    release(read(long));
    expect(read(usual).memory).toHaveLength(3072);
    release(read(usual));
    expect(read(long).memory).toHaveLength(3073);
  });

  it("lies ready for 128 tokens at most", () => {
    const { read, release } = createTokenReader();
    const readSome = () => Array.from({ length: 130 }, () => read(tokenOf("a")));
    const held = readSome();
    for (const token of held) release(token);
    const before = new Set(held.map(({ memory }) => memory));
    expect(readSome().filter(({ memory }) => before.has(memory))).toHaveLength(128);
  });

  it("never has a part of an earlier token in it", () => {
    const { read, release } = createTokenReader();
    const good = tokenOfLength(3072);
    release(read(good));

    expect(() => read(`${good.slice(0, -1)}\u00e9`)).toThrow(
      expect.objectContaining({ rejection: "malformed" }) as Error,
    );
  });
});

import { describe, expect, it } from "vitest";
import type { VerificationKey } from "../../../../src/adapters/jwt/keys/verification-keys.ts";
import { createDoorkeeper } from "../../../../src/adapters/jwt/verification/doorkeeper.ts";
import {
  createVerifiedTokens,
  noTokenCache,
  type TokenCacheOptions,
  tailOf,
  type VerifiedToken,
  type VerifiedTokens,
} from "../../../../src/adapters/jwt/verification/verified-tokens.ts";

const key = {} as VerificationKey;

function verified(token: string): VerifiedToken {
  return { ...({} as VerifiedToken), token, tail: tailOf(token), key };
}

function keep(tokens: VerifiedTokens, ...names: readonly string[]) {
  for (const name of names) for (let time = 0; time < 2; time += 1) tokens.keep(verified(name));
}

const isKept = (tokens: VerifiedTokens) => (token: string) =>
  tokens.get(token, tailOf(token))?.token === token;

/** The tokens that are left when all of them were kept, each looked for in a cache of its own, as a look moves it. */
function leftOf(
  names: readonly string[],
  options?: TokenCacheOptions,
  looked: readonly string[] = names,
): readonly string[] {
  return looked.filter((name) => {
    const tokens = createVerifiedTokens(options);
    keep(tokens, ...names);
    return isKept(tokens)(name);
  });
}

describe("the tail of a token", () => {
  it("goes by the last eight characters, and by each of them", () => {
    const tail = tailOf("header.payload.signature");

    expect(tailOf("another.ignature")).toBe(tail);
    const others = Array.from("ignature", (_, at) =>
      tailOf(`header.payload.s${"ignature".slice(0, at)}X${"ignature".slice(at + 1)}`),
    );
    expect(new Set([tail, ...others]).size).toBe(9);
  });

  it("is the FNV-1a hash of them", () => {
    // As of http://www.isthe.com/chongo/src/fnv/test_fnv.c, where "chongo was here!\n" and others are.
    expect(tailOf("x.foobarfoobar".slice(-8)) >>> 0).toBe(fnv1a("arfoobar"));
  });
});

function fnv1a(text: string): number {
  let hash = 0x811c9dc5n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = ((hash ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn;
  }
  return Number(hash);
}

describe("a doorkeeper", () => {
  it("notes 32768 tails at a time, positive and negative", () => {
    for (const first of [0, -32_768, 123_456]) {
      const isNoted = createDoorkeeper();
      const tails = Array.from({ length: 32_768 }, (_, at) => first + at).filter(Boolean);

      expect(tails.filter(isNoted)).toEqual([]);
      expect(tails.filter((tail) => !isNoted(tail))).toEqual([]);
    }
  });

  it("notes the newer one of two in one place", () => {
    const isNoted = createDoorkeeper();

    const told = [7, 7 + 32_768, 7, 7, 7].map(isNoted);

    expect(told).toEqual([false, false, false, true, true]);
  });
});

describe("kept tokens", () => {
  it("are kept the second time they come", () => {
    const tokens = createVerifiedTokens();
    tokens.keep(verified("token-1"));
    const first = isKept(tokens)("token-1");
    tokens.keep(verified("token-1"));

    expect([first, isKept(tokens)("token-1")]).toEqual([false, true]);
  });

  it("are found by their whole text", () => {
    const tokens = createVerifiedTokens();
    keep(tokens, "a-signature");

    expect(tailOf("b-signature")).toBe(tailOf("a-signature"));
    expect(tokens.get("b-signature", tailOf("b-signature"))).toBeUndefined();
    expect(tokens.get("b", 1)).toBeUndefined();
  });

  it("are gone when they are deleted, young or old", () => {
    const tokens = createVerifiedTokens({ maxEntries: 2 });
    keep(tokens, "token-1", "token-2");
    expect(["token-1", "token-2"].every((name) => tokens.get(name, tailOf(name)))).toBe(true);

    for (const name of ["token-1", "token-2"]) tokens.delete(tailOf(name));

    expect(["token-1", "token-2"].filter(isKept(tokens))).toEqual([]);
  });

  it.each([
    [2, ["4", "5"]],
    [3, ["4", "5"]],
    [4, ["2", "3", "4", "5"]],
    [6, ["0", "1", "2", "3", "4", "5"]],
  ])("are %i at most, in two halves of which the older goes as a whole", (maxEntries, left) => {
    expect(leftOf(["0", "1", "2", "3", "4", "5"], { maxEntries })).toEqual(left);
  });

  it("are counted by their text and 512 bytes each", () => {
    const names = ["0", "1", "2", "3"].map((name) => name.padStart(10, "-"));
    const bytes = 4 * (512 + 2 * 10);

    expect(leftOf(names, { maxBytes: bytes })).toEqual(names);
    expect(leftOf(names, { maxBytes: bytes - 2 })).toEqual(names.slice(2));
    const more = ["4", "5", "6", "7"].map((name) => name.padStart(10, "-"));
    expect(leftOf([...names, ...more], { maxBytes: bytes })).toEqual(more);
  });

  it("are none that take more than half of the room by themselves", () => {
    const tokens = createVerifiedTokens({ maxBytes: 2 * 532 });
    const [fitting, large] = ["-".repeat(10), "+".repeat(11)];
    keep(tokens, fitting, large);

    expect([isKept(tokens)(fitting), isKept(tokens)(large)]).toEqual([true, false]);
  });

  it.each([
    [{ maxEntries: 1 }],
    [{ maxEntries: Number.NaN }],
    [{ maxBytes: 0 }],
    [{ maxBytes: Number.NaN }],
  ])("need more room than %j", (options) => {
    expect(() => createVerifiedTokens(options)).toThrow(TypeError);
  });

  it("are ten thousand in 32 MiB where nothing else is said", () => {
    const names = Array.from({ length: 10_001 }, (_, number) => `-------${number}`);
    const texts = (length: number) => Array.from("abcdefgh", (name) => name.repeat(length));
    const fitting = texts((4 * 1024 * 1024 - 512) / 2);
    const large = texts((4 * 1024 * 1024 - 512) / 2 + 1);

    expect(leftOf(names.slice(1), {}, names.slice(1, 2))).toHaveLength(1);
    expect(leftOf(names, {}, names.slice(0, 2))).toHaveLength(0);
    expect(leftOf(fitting)).toHaveLength(8);
    expect(leftOf(large)).toHaveLength(5);
  });
});

describe("a cache that is switched off", () => {
  it("keeps nothing", () => {
    const tail = tailOf("token-1");
    keep(noTokenCache, "token-1");

    expect(noTokenCache.get("token-1", tail)).toBeUndefined();
    expect(noTokenCache.delete(tail)).toBeUndefined();
  });
});

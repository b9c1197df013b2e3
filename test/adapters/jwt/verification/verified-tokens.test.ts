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
  const told = (most: number, tails: readonly number[]) => tails.map(createDoorkeeper(most));

  it.each([0, -100, 2 ** 31 - 100, 123_456])(
    "notes as many tails as it is to, from %i on",
    (first) => {
      const isNoted = createDoorkeeper(100);
      const tails = Array.from({ length: 100 }, (_, at) => first + at);

      expect(tails.filter(isNoted)).toEqual([]);
      expect(tails.filter((tail) => !isNoted(tail))).toEqual([]);
    },
  );

  it("remembers through as many others again, and not for ever", () => {
    expect(told(2, [0, 1, 2 ** 27, 0, 2 ** 27 + 1, 1])).toEqual([
      ...[false, false, false, true, false, false],
    ]);
  });

  it("counts one that comes often once", () => {
    expect(told(2, [0, 0, 0, 0, 1, 2 ** 27, 0])).toEqual([
      ...[false, true, true, true, false, false, true],
    ]);
  });

  it("tells tails apart by their remainder and their first five bits", () => {
    expect(told(100, [7, 107, 8])).toEqual([false, true, false]);
    expect(told(128, [7, 7 + 2 ** 27, 7 + 2 ** 26])).toEqual([false, false, true]);
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

  it("are gone when they are deleted", () => {
    const tokens = createVerifiedTokens({ maxEntries: 2 });
    keep(tokens, "token-1", "token-2");
    expect(["token-1", "token-2"].every((name) => tokens.get(name, tailOf(name)))).toBe(true);

    for (const name of ["token-1", "token-2"]) tokens.delete(tailOf(name));

    expect(["token-1", "token-2"].filter(isKept(tokens))).toEqual([]);
  });

  it.each([
    [2, ["1", "4"]],
    [3, ["2", "3", "5"]],
    [3.5, ["2", "3", "5"]],
    [4, ["1", "2", "3", "4"]],
    [6, ["0", "1", "2", "3", "4", "5"]],
  ])("are %i at most, of which those go that nobody asks for", (maxEntries, left) => {
    expect(leftOf(["0", "1", "2", "3", "4", "5"], { maxEntries })).toEqual(left);
  });

  it("stay while they are asked for", () => {
    const tokens = createVerifiedTokens({ maxEntries: 2 });
    keep(tokens, "used", "idle");
    isKept(tokens)("used");

    keep(tokens, "newer");

    expect(["used", "idle", "newer"].map(isKept(tokens))).toEqual([true, false, true]);
  });

  it("are as many as the bound, where so many come in turns", () => {
    const tokens = createVerifiedTokens({ maxEntries: 1_000 });
    const names = Array.from({ length: 1_000 }, (_, number) => `-------${number * 7_919}`);
    for (let round = 0; round < 2; round += 1) {
      for (const name of names) tokens.keep(verified(name));
    }

    expect(names.filter(isKept(tokens))).toHaveLength(1_000);
  });

  it("are still of use where a tenth more than the bound come in turns", () => {
    const tokens = createVerifiedTokens({ maxEntries: 1_000 });
    const names = Array.from({ length: 1_100 }, (_, number) => `-------${number * 7_919}`);
    const round = () =>
      names.filter((name) => isKept(tokens)(name) || tokens.keep(verified(name))).length;
    for (let rounds = 0; rounds < 20; rounds += 1) round();

    expect(round()).toBeGreaterThan(700);
  });

  it("are counted by their text and 512 bytes each", () => {
    const names = ["0", "1", "2", "3"].map((name) => name.padStart(10, "-"));
    const bytes = 4 * (512 + 2 * 10);
    const large = "+".repeat(10 + 532 / 2);

    expect(leftOf(names, { maxBytes: bytes })).toEqual(names);
    expect(leftOf(names, { maxBytes: bytes - 2 })).toEqual(names.slice(1));
    expect(leftOf([...names, large], { maxBytes: bytes })).toEqual([...names.slice(2), large]);
  });

  it("are counted once, and no longer than they are kept", () => {
    const names = ["0", "1", "2"].map((name) => name.padStart(10, "-"));
    const tokens = createVerifiedTokens({ maxBytes: 3 * 532 });
    keep(tokens, "-------gone", ...names.slice(0, 1), ...names.slice(0, 1));
    tokens.delete(tailOf("-------gone"));
    tokens.delete(tailOf("-------gone"));

    keep(tokens, ...names);

    expect(names.filter(isKept(tokens))).toEqual(names);
  });

  it("are none that take more than the room by themselves", () => {
    const tokens = createVerifiedTokens({ maxBytes: 532 });
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

  it("need no bound on their number, nor on their size", () => {
    const bounds = { maxEntries: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };

    expect(leftOf(["0", "1", "2"], bounds, ["2"])).toEqual(["2"]);
  });

  it("are ten thousand in 32 MiB where nothing else is said", () => {
    const names = Array.from({ length: 10_001 }, (_, number) => `-------${number}`);
    const texts = (length: number) => Array.from("abcdefgh", (name) => name.repeat(length));
    const fitting = texts((4 * 1024 * 1024 - 512) / 2);
    const large = texts((4 * 1024 * 1024 - 512) / 2 + 1);

    expect(leftOf(names.slice(1), {}, names.slice(1, 2))).toHaveLength(1);
    expect(leftOf(names, {}, names.slice(0, 2))).toHaveLength(1);
    expect(leftOf(fitting)).toHaveLength(8);
    expect(leftOf(large)).toHaveLength(7);
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

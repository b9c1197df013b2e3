import { base64url } from "jose";
import { describe, expect, it } from "vitest";
import { decodeBase64url } from "../../../../src/adapters/jwt/format/base64url.ts";

const untouched = 0xaa;

/** Decodes what stands between two texts, into memory with something before and after. */
function decode(text: string, before = "", after = "") {
  const bytes = new TextEncoder().encode(before + text + after);
  const range = { bytes, from: before.length, to: bytes.length - after.length };
  const target = new Uint8Array(2 + text.length).fill(untouched);
  const length = decodeBase64url(range, target, 2);
  return { length, target, decoded: target.subarray(2, 2 + (length ?? 0)) };
}

const lengths = Array.from({ length: 67 }, (_, length) => length);

describe("base64url", () => {
  it.each(lengths)("of %i bytes is decoded wherever it stands", (length) => {
    const bytes = Uint8Array.from({ length }, (_, at) => (at * 151 + length * 89) & 0xff);

    const { length: found, target, decoded } = decode(base64url.encode(bytes), "AbC", "dEf");

    expect(found).toBe(length);
    expect(decoded).toEqual(bytes);
    const around = [...target.subarray(0, 2), ...target.subarray(2 + length)];
    expect(around.every((byte) => byte === untouched)).toBe(true);
  });

  it.each(["A", "AAAAA", "AAAAAAAAA"])("is no text of %j, whatever follows", (text) => {
    expect(decode(text, "", "AAA").length).toBeUndefined();
  });

  it.each(["AAAA", "AAA", "AA"])("has no other characters anywhere in %j", (text) => {
    for (const other of ["+", "/", "=", ".", " ", "\n", "\0", "\u007f", "é"]) {
      for (let at = 0; at < text.length; at += 1) {
        const changed = text.slice(0, at) + other + text.slice(at + 1);

        expect(decode(changed).length).toBeUndefined();
        expect(decode(`AAAA${changed}`).length).toBeUndefined();
      }
    }
  });

  it("has unused bits of zero", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const ending = (start: string) =>
      [...alphabet].filter((last) => decode(start + last).length !== undefined).join("");

    expect(ending("A")).toBe("AQgw");
    expect(ending("AA")).toBe("AEIMQUYcgkosw048");
    expect(ending("AAA")).toBe(alphabet);
  });
});

import { describe, expect, it } from "vitest";
import { newRecoveryCodes, readRecoveryCode } from "../../src/domain/recovery-codes.ts";

const randomBytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));

describe("recovery codes", () => {
  it("are ten, in five groups of five, of letters that are taken for no others", () => {
    const codes = newRecoveryCodes(randomBytes);

    expect(new Set(codes).size).toBe(10);
    for (const code of codes)
      expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{5}-){4}[0-9a-hjkmnp-tv-z]{5}$/);
  });

  it("have five bits of chance in each letter, all of them as likely", () => {
    const counting = (length: number) => Uint8Array.from({ length }, (_, index) => index + 7);

    const [code] = newRecoveryCodes(counting);

    expect(code).toBe("789ab-cdefg-hjkmn-pqrst-vwxyz");
    const all = Array.from({ length: 256 }, (_, byte) =>
      readRecoveryCode(newRecoveryCodes((length) => new Uint8Array(length).fill(byte))[0] ?? ""),
    );
    const letters = all.map(([letter]) => letter);
    expect(new Set(letters).size).toBe(32);
    for (const letter of letters)
      expect(letters.filter((other) => other === letter)).toHaveLength(8);
  });

  it.each([
    ["4W7KP X2M9Q HD0JA TZ6RC 8NVFE", "4w7kpx2m9qhd0jatz6rc8nvfe"],
    [" 4w7kp-x2m9q\t", "4w7kpx2m9q"],
    ["oO-iI-lL", "001111"],
  ])("are read as %j however they were typed", (typed, read) => {
    expect(readRecoveryCode(typed)).toBe(read);
  });
});

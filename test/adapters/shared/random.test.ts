import { describe, expect, it } from "vitest";
import {
  type RandomBytes,
  randomBelow,
  randomCode,
  randomUuid,
  uuidOf,
} from "../../../src/adapters/shared/random.ts";

/** Draws these numbers, of four bytes each, from somewhere in a larger buffer. */
function drawing(...numbers: number[]) {
  const lengths: number[] = [];
  const randomBytes: RandomBytes = (length) => {
    lengths.push(length);
    const bytes = new Uint8Array(8).fill(0xff).subarray(4);
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(0, numbers.shift() ?? 0);
    return bytes;
  };
  return { randomBytes, lengths };
}

describe("a code", () => {
  it("has six digits, leading zeros included", () => {
    expect(randomCode(drawing(7).randomBytes)).toBe("000007");
  });

  it("has as many digits as are asked for", () => {
    expect(randomCode(drawing(1_234_567_890).randomBytes, 9)).toBe("234567890");
  });

  it("is drawn anew where the draw would favour some codes", () => {
    // 4294 million is the largest multiple of a million in four bytes.
    const { randomBytes, lengths } = drawing(0xffff_ffff, 4_294_000_000, 4_293_999_999);

    expect(randomCode(randomBytes)).toBe("999999");
    expect(lengths).toEqual([4, 4, 4]);
  });
});

describe("a number below a limit", () => {
  it("is drawn once where the limit divides what can be drawn", () => {
    const { randomBytes, lengths } = drawing(0xffff_ffff, 0);

    expect(randomBelow(randomBytes, 256)).toBe(255);
    expect(lengths).toHaveLength(1);
  });
});

/** @see https://www.rfc-editor.org/rfc/rfc9562#section-5.4 */
describe("a UUID", () => {
  it("is random but for its version and variant", () => {
    const filled = (byte: number): RandomBytes => {
      return (length) => new Uint8Array(length).fill(byte);
    };

    expect(randomUuid(filled(0x00))).toBe("00000000-0000-4000-8000-000000000000");
    expect(randomUuid(filled(0xff))).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
  });

  it("is made of the first sixteen bytes, which stay as they are", () => {
    const bytes = Uint8Array.from({ length: 32 }, (_, index) => index);

    expect(uuidOf(bytes)).toBe("00010203-0405-4607-8809-0a0b0c0d0e0f");
    expect(bytes[6]).toBe(6);
  });
});

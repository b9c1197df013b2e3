import { describe, expect, it } from "vitest";
import {
  attemptTotp,
  base32,
  newTotpSecret,
  timeStepsOf,
  totpAt,
} from "../../../src/adapters/shared/totp.ts";

/** `12345678901234567890`, the secret of RFC 6238 appendix B, in base32. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("a time-based one-time password", () => {
  // The last six of the eight digits of RFC 6238 appendix B.
  it.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_111_111_111, "050471"],
    [1_234_567_890, "005924"],
    [2_000_000_000, "279037"],
    [20_000_000_000, "353130"],
  ])("is that of the standard %i s after the epoch", async (seconds, code) => {
    expect(await totpAt(secret, seconds * 1000)).toBe(code);
  });

  it.each([
    [-60, "mismatch"],
    [-30, "match"],
    [0, "match"],
    [30, "match"],
    [60, "mismatch"],
  ])("is taken when the app's clock is %i s off: %s", async (seconds, outcome) => {
    const now = 1_800_000_000_000;
    const code = await totpAt(secret, now + seconds * 1000);

    expect(await attemptTotp(code, secret, { now, lastStep: -1 })).toMatchObject({ outcome });
  });

  it("is taken once, and none before it either", async () => {
    const now = 1_800_000_000_000;
    const current = await totpAt(secret, now);
    const attempt = await attemptTotp(current, secret, { now, lastStep: -1 });
    if (attempt.outcome !== "match") throw new Error("the code does not match");
    const earlier = await totpAt(secret, now - 30_000);

    const again = [current, earlier].map((code) =>
      attemptTotp(code, secret, { now, lastStep: attempt.step }),
    );

    expect(await Promise.all(again)).toEqual([{ outcome: "replayed" }, { outcome: "replayed" }]);
  });

  it("has a secret of 160 bits in base32", () => {
    const one = newTotpSecret((length) => new Uint8Array(length).fill(0xff));
    const other = newTotpSecret((length) => Uint8Array.from({ length }, (_, index) => index));

    expect(one).toBe("7".repeat(32));
    expect(other).toBe("AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT");
  });
});

/** @see https://www.rfc-editor.org/rfc/rfc4648#section-10 */
describe("bytes in base32", () => {
  it.each([
    ["", ""],
    ["f", "MY"],
    ["fo", "MZXQ"],
    ["foo", "MZXW6"],
    ["foob", "MZXW6YQ"],
    ["fooba", "MZXW6YTB"],
    ["foobar", "MZXW6YTBOI"],
  ])("are those of the standard for %j", (text, letters) => {
    expect(base32(new TextEncoder().encode(text))).toBe(letters);
  });
});

describe("the time steps of a code", () => {
  it("are those of the vectors of RFC 6238", async () => {
    const seed = new TextEncoder().encode("12345678901234567890");

    expect(await timeStepsOf("287082", seed, 59_000)).toEqual([1]);
    expect(await timeStepsOf("081804", seed, 1_111_111_109_000)).toEqual([37_037_036]);
    expect(await timeStepsOf("050471", seed, 1_111_111_111_000)).toEqual([37_037_037]);
    expect(await timeStepsOf("287083", seed, 59_000)).toEqual([]);
  });

  it("are none two steps away", async () => {
    const seed = new TextEncoder().encode("12345678901234567890");

    expect(await timeStepsOf("287082", seed, 89_000)).toEqual([1]);
    expect(await timeStepsOf("287082", seed, 90_000)).toEqual([]);
  });
});

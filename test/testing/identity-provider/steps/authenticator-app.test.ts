import { describe, expect, test } from "vitest";
import {
  createAuthenticatorApp,
  totpAt,
} from "../../../../src/testing/identity-provider/steps/authenticator-app.ts";

/** "12345678901234567890" in base32. */
const secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

describe("the kit's authenticator app", () => {
  test.each([
    [59, "287082"],
    [1_111_111_109, "081804"],
    [1_234_567_890, "005924"],
    [20_000_000_000, "353130"],
  ])("gives the code of RFC 6238, appendix B, at %i s", async (seconds, code) => {
    expect(await totpAt(secret, seconds * 1000)).toBe(code);
  });

  test("gives three codes at one time, each once, and no fourth", async () => {
    const clock = { now: () => 1_111_111_109_000 };
    const app = createAuthenticatorApp(secret, clock);

    const codes = [await app.nextCode(), await app.nextCode(), await app.nextCode()];

    const steps = [-30, 0, 30].map((distance) => totpAt(secret, clock.now() + distance * 1000));
    expect(codes).toEqual(await Promise.all(steps));
    await expect(app.nextCode()).rejects.toBeInstanceOf(RangeError);
  });

  test("gives a wrong code that is none of these", async () => {
    const clock = { now: () => 1_111_111_109_000 };
    const app = createAuthenticatorApp(secret, clock);

    const wrong = await app.wrongCode();

    const codes = [await app.nextCode(), await app.nextCode(), await app.nextCode()];
    expect(wrong).toMatch(/^\d{6}$/);
    expect(codes).not.toContain(wrong);
  });
});

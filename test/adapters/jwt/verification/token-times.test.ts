import { describe, expect, it } from "vitest";
import {
  checkTime,
  isWithinValidTime,
  readValidTime,
} from "../../../../src/adapters/jwt/verification/token-times.ts";

const refused = (code: string, rejection: string) =>
  expect.objectContaining({ code, rejection }) as Error;

const at = (now: number) => ({ now: () => now });
const rules = { clock: at(0), clockToleranceSeconds: 5 };
const read = (claims: Record<string, unknown>) =>
  readValidTime(claims, rules, { maxLifeSeconds: 100 });

describe("the times of a token", () => {
  it.each([
    [{ iat: 1000, exp: 1100 }, 995, 1105],
    [{ iat: 1000, exp: 1000.5 }, 995, 1005.5],
    [{ iat: 1000, exp: 1100, nbf: 1000 }, 995, 1105],
    [{ iat: 1000, exp: 1100, nbf: 900 }, 995, 1105],
    [{ iat: 1000, exp: 1100, nbf: 1050 }, 1045, 1105],
  ])("of %j are from %d to %d, with the tolerance", (claims, from, until) => {
    expect(read(claims)).toEqual({ from: from * 1000, until: until * 1000 });
  });

  it.each([
    { iat: 1000, exp: 1000 },
    { iat: 1000, exp: 999 },
    { iat: 1000, exp: 1100.5 },
    { iat: 1000 },
    { exp: 1100 },
    { iat: 1000, exp: 1100, nbf: null },
    { iat: 1000, exp: 1100, nbf: "1000" },
  ])("are none in %j", (claims) => {
    expect(() => read(claims)).toThrow(refused("invalid_token", "invalid_claims"));
  });

  it("hold from the first to before the last", () => {
    const validTime = { from: 1000, until: 2000 };

    expect([999, 1000, 1999, 2000].map((now) => isWithinValidTime(validTime, at(now)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(() => checkTime(validTime, at(999))).toThrow(refused("invalid_token", "not_yet_valid"));
    expect(() => checkTime(validTime, at(2000))).toThrow(refused("token_expired", "expired"));
    expect(checkTime(validTime, at(1000))).toBeUndefined();
    expect(checkTime(validTime, at(1999))).toBeUndefined();
  });
});

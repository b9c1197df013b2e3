import { describe, expect, test } from "vitest";
import { defaultLimitPolicies } from "../../src/domain/rate-limit-policies.ts";
import { readRateLimitSettings } from "../../src/service/rate-limits.ts";

const secret = "s".repeat(32);

function readWell(environment: Record<string, string>) {
  const read = readRateLimitSettings(environment, false);
  if (!read.ok) throw new Error(read.faults.join("\n"));
  return read.value;
}

describe("RATE_LIMITS", () => {
  test.each([undefined, "", "on"])("%s is the table of limits", (RATE_LIMITS) => {
    expect(readWell({ ...(RATE_LIMITS !== undefined && { RATE_LIMITS }) }).policies).toEqual(
      defaultLimitPolicies,
    );
  });

  test("off is none", () => {
    expect(readWell({ RATE_LIMITS: "off" }).policies).toEqual([]);
  });

  test("changes single lines, or leaves them out", () => {
    const text = "sign_in_by_address=100/600, sign_up_by_everyone=off";
    const { policies } = readWell({ RATE_LIMITS: text });

    expect(policies).toHaveLength(defaultLimitPolicies.length - 1);
    expect(policies.find(({ policy }) => policy === "sign_in_by_address")).toMatchObject({
      quota: 100,
      windowSeconds: 600,
    });
    expect(policies.some(({ policy }) => policy === "sign_up_by_everyone")).toBe(false);
  });

  test.each([
    "false",
    "sign_in_by_adress=1/2",
    "sign_in_by_address=0/60",
    "sign_in_by_address=1/0",
    "sign_in_by_address=1",
    "sign_in_by_address",
    "sign_in_by_address=-1/60",
    "sign_in_by_address=1/60;sign_up_by_everyone=off",
    "on,off",
  ])("%s is refused, with what is asked for", (RATE_LIMITS) => {
    const read = readRateLimitSettings({ RATE_LIMITS }, false);

    expect(read).toMatchObject({
      ok: false,
      faults: [expect.stringMatching(/^RATE_LIMITS: must be on, off, or limits to change/)],
    });
  });
});

describe("TRUSTED_PROXIES", () => {
  test("is a number of proxies", () => {
    expect(readWell({ TRUSTED_PROXIES: "2" }).trustedProxies).toEqual({ hops: 2 });
  });

  test("is networks", () => {
    const { trustedProxies } = readWell({ TRUSTED_PROXIES: "10.0.0.0/8, 2001:db8::/32" });

    expect(trustedProxies).toMatchObject({
      networks: [{ prefixLength: 104 }, { prefixLength: 32 }],
    });
  });

  test.each(["0", "10", "true", "10.0.0.0/8,", "proxy.internal", "10.0.0.0/99"])(
    "%s is refused",
    (TRUSTED_PROXIES) => {
      expect(readRateLimitSettings({ TRUSTED_PROXIES }, false)).toMatchObject({ ok: false });
    },
  );
});

describe("ACCOUNT_HASH_SECRET", () => {
  test("is required where instances share their state, and only if something is limited", () => {
    expect(readRateLimitSettings({}, true)).toMatchObject({
      ok: false,
      faults: [expect.stringMatching(/^ACCOUNT_HASH_SECRET: is required/)],
    });
    expect(readRateLimitSettings({ RATE_LIMITS: "off" }, true).ok).toBe(true);
    expect(readRateLimitSettings({ ACCOUNT_HASH_SECRET: secret }, true).ok).toBe(true);
  });

  test("is a list, none of which is short", () => {
    const both = `${secret},${"t".repeat(40)}`;

    expect(readRateLimitSettings({ ACCOUNT_HASH_SECRET: both }, true).ok).toBe(true);
    const short = readRateLimitSettings({ ACCOUNT_HASH_SECRET: `${secret},short` }, true);
    expect(short.ok).toBe(false);
    expect(JSON.stringify(short)).not.toContain(secret);
  });
});

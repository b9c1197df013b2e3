import { describe, expect, onTestFinished, test } from "vitest";
import type { Environment } from "../../src/adapters/shared/settings.ts";
import { readCaptchaSettings } from "../../src/service/captcha.ts";
import { outcomeOf } from "../adapters/memory/support.ts";
import { startSiteverifyServer } from "../adapters/siteverify/siteverify-server.ts";

const secret = "secret-of-the-captcha-service";
const settings = { CAPTCHA: "siteverify", CAPTCHA_URL: "https://captcha.example/siteverify" };

/** Makes the captcha of an environment, and keeps what is logged. */
function captchaOf(environment: Environment) {
  const logged: unknown[] = [];
  const read = readCaptchaSettings(environment);
  const captcha = read.ok ? read.value((...line) => logged.push(line)) : undefined;
  return { faults: read.ok ? [] : read.faults, captcha, logged };
}

describe("the settings of captchas", () => {
  test("ask for none by default", () => {
    expect(captchaOf({})).toMatchObject({ captcha: undefined, faults: [] });
    expect(captchaOf({ CAPTCHA: "off", CAPTCHA_SECRET: secret }).faults).toEqual([]);
  });

  test("ask for one at all operations that can, or at some", () => {
    const all = captchaOf({ ...settings, CAPTCHA_SECRET: secret });
    const some = captchaOf({
      ...settings,
      CAPTCHA_SECRET: `${secret}, older`,
      CAPTCHA_OPERATIONS: "signUp",
    });

    expect(all.captcha?.operations).toEqual(["signUp", "resendConfirmation", "forgotPassword"]);
    expect(some.captcha?.operations).toEqual(["signUp"]);
  });

  test("tell the public key, and whose captcha it is where the address says so", () => {
    const keys = { CAPTCHA_SECRET: secret, CAPTCHA_SITE_KEY: "0x4AAA-site" };
    const url = "https://challenges.cloudflare.com/turnstile/v0/siteverify";
    const known = captchaOf({ ...settings, ...keys, CAPTCHA_URL: url });
    const unknown = captchaOf({ ...settings, ...keys });

    expect(known.captcha).toMatchObject({ provider: "turnstile", siteKey: "0x4AAA-site" });
    expect(unknown.captcha?.provider).toBeUndefined();
  });

  test.each([
    [{ CAPTCHA_SECRET: secret }, "CAPTCHA: is required where CAPTCHA_SECRET is set"],
    [{ CAPTCHA: "turnstile" }, "CAPTCHA: must be one of off, siteverify"],
    [settings, "CAPTCHA_SECRET: is required"],
    [{ CAPTCHA: "siteverify", CAPTCHA_SECRET: secret }, "CAPTCHA_URL: is required"],
    [
      { ...settings, CAPTCHA_SECRET: secret, CAPTCHA_URL: "http://captcha.example/" },
      "CAPTCHA_URL: must be an https address",
    ],
    [
      { ...settings, CAPTCHA_SECRET: secret, CAPTCHA_OPERATIONS: "signIn" },
      "CAPTCHA_OPERATIONS: must be one or more of",
    ],
    [
      { ...settings, CAPTCHA_SECRET: secret, CAPTCHA_UNAVAILABLE: "ignore" },
      "CAPTCHA_UNAVAILABLE: must be one of refuse, accept",
    ],
    [
      { ...settings, CAPTCHA_SECRET: `other, ${secret}`, CAPTCHA_SITE_KEY: secret },
      "CAPTCHA_SITE_KEY: must be the public key, not CAPTCHA_SECRET",
    ],
    [
      { ...settings, CAPTCHA_SECRET: secret, CAPTCHA_SITE_KEY: "two words" },
      "CAPTCHA_SITE_KEY: must be the public key of a site",
    ],
  ])("are at fault: %j", (environment, fault) => {
    const { faults } = captchaOf(environment);

    expect(faults).toContainEqual(expect.stringContaining(fault));
    expect(faults.join()).not.toContain(secret);
  });

  test.each([
    ["refuse", "provider_unavailable"],
    ["accept", "done"],
  ])("say what comes of an outage, which is logged: %s", async (policy, outcome) => {
    const server = await startSiteverifyServer([secret]);
    const { captcha, logged } = captchaOf({
      CAPTCHA: "siteverify",
      CAPTCHA_URL: server.url,
      CAPTCHA_SECRET: secret,
      CAPTCHA_UNAVAILABLE: policy,
    });
    const token = server.pass();
    await server.close();
    const ended = await outcomeOf(
      captcha?.verifier.verify({ token, operation: "signUp" }) ?? Promise.reject(),
    );

    expect(ended.replace(/ for \d+ s$/, "")).toBe(outcome);
    expect(logged).toEqual([["error", expect.objectContaining({ event: "captcha_service" })]]);
    expect(JSON.stringify(logged)).not.toContain(secret);
    expect(JSON.stringify(logged)).not.toContain(token);
  });

  test("let no wrong token by in an outage of nothing", async () => {
    const server = await startSiteverifyServer([secret]);
    onTestFinished(server.close);
    const outcomes: string[] = [];
    for (const CAPTCHA_SECRET of [secret, "unknown"]) {
      const { captcha } = captchaOf({
        CAPTCHA: "siteverify",
        CAPTCHA_URL: server.url,
        CAPTCHA_SECRET,
        CAPTCHA_UNAVAILABLE: "accept",
      });
      const proof = { token: "invented", operation: "signUp" } as const;
      outcomes.push(await outcomeOf(captcha?.verifier.verify(proof) ?? Promise.reject()));
    }

    expect(outcomes).toEqual(["rejected_by_policy", "provider_misconfigured"]);
  });
});

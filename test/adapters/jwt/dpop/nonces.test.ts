import { describe, expect, it } from "vitest";
import { createNonces } from "../../../../src/adapters/jwt/dpop/nonces.ts";
import { adjustableClock } from "../token-signer.ts";

const secret = "0123456789abcdef0123456789abcdef";

describe("a nonce", () => {
  it.each([
    ["the usual life", undefined],
    ["10 seconds", 10],
    ["an hour", 3600],
  ])("is good for %s and no longer", async (_life, lifeSeconds) => {
    const clock = adjustableClock();
    const { issue, isGood } = createNonces(
      lifeSeconds === undefined ? { secret } : { secret, lifeSeconds },
      clock,
    );
    const nonce = await issue();
    const goodAfter = async (milliseconds: number) => {
      clock.time += milliseconds;
      const answer = await isGood(nonce);
      clock.time -= milliseconds;
      return answer;
    };
    const end = (lifeSeconds ?? 300) * 1000;

    expect(await goodAfter(0)).toBe(true);
    expect(await goodAfter(end - 1)).toBe(true);
    expect(await goodAfter(end)).toBe(false);
    expect(await goodAfter(-5000)).toBe(true);
    expect(await goodAfter(-5001)).toBe(false);
  });

  it("is its time and a tag, and known to all who have the secret", async () => {
    const clock = adjustableClock();
    const nonce = await createNonces({ secret }, clock).issue();

    expect(nonce).toMatch(/^[\da-z]+\.[\w-]{43}$/);
    expect(Number.parseInt(nonce, 36)).toBe(clock.time / 1000);
    expect(await createNonces({ secret }, clock).isGood(nonce)).toBe(true);
    expect(await createNonces({ secret: `${secret}!` }, clock).isGood(nonce)).toBe(false);
  });

  it("has a tag of its own label and time", async () => {
    const clock = adjustableClock();
    const { issue, isGood } = createNonces({ secret }, clock);
    const [time = "", tag] = (await issue()).split(".");
    const later = (Number.parseInt(time, 36) + 1).toString(36);
    const bytes = new TextEncoder().encode(secret);
    const hmac = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", bytes, hmac, false, ["sign"]);
    const unlabelled = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(time));
    const forged = Buffer.from(unlabelled).toString("base64url");

    expect(await isGood(`${time}.${tag}`)).toBe(true);
    expect(await isGood(`${later}.${tag}`)).toBe(false);
    expect(await isGood(`${time}.${forged}`)).toBe(false);
  });

  it("has one spelling and nothing besides", async () => {
    const { issue, isGood } = createNonces({ secret }, adjustableClock());
    const nonce = await issue();
    const others = [
      `0${nonce}`.padStart(60, "0"),
      ` ${nonce}`,
      `${nonce}A`,
      `${nonce}\n`,
      nonce.toUpperCase(),
      nonce.slice(0, -1),
      nonce.replace(".", ".."),
      nonce.replace(/^[^.]*/, ""),
      [nonce],
      undefined,
      null,
      7,
      "",
      ".",
    ];

    for (const other of others) expect(await isGood(other)).toBe(false);
  });

  it.each([
    [{ secret: secret.slice(1) }],
    [{ secret, lifeSeconds: 9.9 }],
    [{ secret, lifeSeconds: 3600.1 }],
    [{ secret, lifeSeconds: Number.NaN }],
  ])("is not made with %j", (options) => {
    expect(() => createNonces(options, adjustableClock())).toThrow(TypeError);
  });

  it("is made with a secret whose bytes are enough, however few its characters", () => {
    expect(createNonces({ secret: "é".repeat(16) }, adjustableClock())).toBeDefined();
  });
});

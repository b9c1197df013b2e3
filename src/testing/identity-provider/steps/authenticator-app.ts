import type { HarnessControls } from "../harness.ts";

const stepMs = 30_000;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/**
 * An authenticator app, with the parameters that all of them assume: SHA-1, six digits, steps of thirty seconds
 * (RFC 6238). It does not rely on what the provider under test computes.
 */
export interface AuthenticatorApp {
  /**
   * Gives a code that it did not give before, of the time step that is now, the one before or the one after: up to three
   * at one time.
   */
  nextCode(): Promise<string>;
  /** Gives a code that it shows at none of these. */
  wrongCode(): Promise<string>;
}

/** Sets an app up with a secret in base32. */
export function createAuthenticatorApp(
  secret: string,
  clock: Pick<HarnessControls["clock"], "now"> | undefined,
): AuthenticatorApp {
  let lastStep = 0;

  async function currentStep(): Promise<number> {
    if (clock) return stepAt(clock.now());
    const leftMs = stepMs - (Date.now() % stepMs);
    // A code that is read now and checked in the step after next would be no fault of the provider's.
    if (leftMs < 3000) await new Promise((resolve) => setTimeout(resolve, leftMs));
    return stepAt(Date.now());
  }

  return {
    async nextCode() {
      const current = await currentStep();
      lastStep = Math.max(lastStep + 1, current - 1);
      if (lastStep > current + 1) throw new RangeError("the app has given three codes already");
      return codeOf(secret, lastStep);
    },
    async wrongCode() {
      const current = await currentStep();
      const steps = [-2, -1, 0, 1, 2].map((distance) => codeOf(secret, current + distance));
      const shown = await Promise.all(steps);
      const others = Array.from({ length: shown.length + 1 }, (_, digit) => `${digit}`.repeat(6));
      return others.find((code) => !shown.includes(code)) ?? "";
    },
  };
}

/** Gives the code of a secret at a time, in milliseconds since the epoch. */
export function totpAt(secret: string, now: number): Promise<string> {
  return codeOf(secret, stepAt(now));
}

function stepAt(now: number): number {
  return Math.floor(now / stepMs);
}

/** RFC 4226 section 5.3, with the time step as the counter. */
async function codeOf(secret: string, step: number): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const key = await crypto.subtle.importKey("raw", decodeBase32(secret), algorithm, false, [
    "sign",
  ]);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter));
  const offset = mac.getUint8(mac.byteLength - 1) & 0x0f;
  return String((mac.getUint32(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

function decodeBase32(text: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(text, (letter) =>
    alphabet.indexOf(letter).toString(2).padStart(5, "0"),
  ).join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Uint8Array.from(bytes, (byte) => Number.parseInt(byte, 2));
}

import { isSameText } from "./constant-time.ts";
import type { RandomBytes } from "./random.ts";

const stepSeconds = 30;
const digits = 6;
/** The length of a secret, in bytes: that of what HMAC-SHA-1 gives (RFC 4226 section 4, R6). */
const secretBytes = 20;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** The outcome of comparing a code: it is good for a time step, was good for one before, or is wrong. */
export type TotpAttempt =
  | { readonly outcome: "match"; readonly step: number }
  | { readonly outcome: "replayed" | "mismatch" };

/** Makes a secret, in base32. */
export function newTotpSecret(randomBytes: RandomBytes): string {
  return base32(randomBytes(secretBytes));
}

/** Writes bytes in base32 without padding (RFC 4648 section 6). */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const letterOf = (group: string) => alphabet[Number.parseInt(group.padEnd(5, "0"), 2)];
  return Array.from(bits.matchAll(/.{1,5}/g), ([group]) => letterOf(group)).join("");
}

/**
 * Compares a code with those of the time step, the one before and the one after (RFC 6238 section 5.2). Each is good
 * once: none is good up to the step that one was last taken of.
 *
 * @param secret - in base32
 * @param lastStep - that step
 */
export async function attemptTotp(
  code: string,
  secret: string,
  { now, lastStep }: { readonly now: number; readonly lastStep: number },
): Promise<TotpAttempt> {
  const steps = await timeStepsOf(code, bytesOf(secret), now);
  const step = steps.find((candidate) => candidate > lastStep);
  if (step !== undefined) return { outcome: "match", step };
  return { outcome: steps.length > 0 ? "replayed" : "mismatch" };
}

/**
 * The time steps that a code is good for, of the present one and those beside it (RFC 6238 section 5.2).
 *
 * @param secret - the key, not its base32 form
 * @param now - in milliseconds since the epoch
 */
export async function timeStepsOf(
  code: string,
  secret: Uint8Array<ArrayBuffer>,
  now: number,
): Promise<number[]> {
  const current = Math.floor(now / 1000 / stepSeconds);
  const key = await importSecret(secret);
  const steps = [current - 1, current, current + 1].map(async (step) => ({
    step,
    isRight: isSameText(code, await codeOf(key, step)),
  }));
  return (await Promise.all(steps)).filter(({ isRight }) => isRight).map(({ step }) => step);
}

/** Gives the code of a secret at a time: what an authenticator app shows. */
export async function totpAt(secret: string, now: number): Promise<string> {
  return codeOf(await importSecret(bytesOf(secret)), Math.floor(now / 1000 / stepSeconds));
}

function bytesOf(secret: string): Uint8Array<ArrayBuffer> {
  const bits = Array.from(secret, (letter) =>
    alphabet.indexOf(letter).toString(2).padStart(5, "0"),
  ).join("");
  return Uint8Array.from(bits.matchAll(/.{8}/g), ([byte]) => Number.parseInt(byte, 2));
}

function importSecret(secret: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  return crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
}

/** RFC 4226 section 5.3, with the time step as the counter. */
async function codeOf(key: CryptoKey, step: number): Promise<string> {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const mac = new DataView(await crypto.subtle.sign("HMAC", key, counter));
  const offset = mac.getUint8(mac.byteLength - 1) & 0x0f;
  const truncated = mac.getUint32(offset) & 0x7f_ff_ff_ff;
  return String(truncated % 10 ** digits).padStart(digits, "0");
}

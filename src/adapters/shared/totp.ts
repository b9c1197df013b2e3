import { isSameText } from "./constant-time.ts";
import type { RandomBytes } from "./random.ts";

const stepSeconds = 30;
const digits = 6;
/** As long as what HMAC-SHA-1 gives (RFC 4226 section 4, R6). */
const secretBytes = 20;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** What became of a code: it is good for a time step, was good for one before, or is wrong. */
export type TotpAttempt =
  | { readonly outcome: "match"; readonly step: number }
  | { readonly outcome: "replayed" | "mismatch" };

/** Makes a secret: base32 without padding (RFC 4648 section 6). */
export function newTotpSecret(randomBytes: RandomBytes): string {
  const bits = Array.from(randomBytes(secretBytes), (byte) => byte.toString(2).padStart(8, "0"));
  const groups = bits.join("").match(/.{5}/g) ?? [];
  return groups.map((group) => alphabet[Number.parseInt(group, 2)]).join("");
}

/**
 * Compares a code with those of the time step, the one before and the one after (RFC 6238 section 5.2). Each is good
 * once: none is good up to the step that one was last taken of.
 *
 * @param lastStep - that step
 */
export async function attemptTotp(
  code: string,
  secret: string,
  { now, lastStep }: { readonly now: number; readonly lastStep: number },
): Promise<TotpAttempt> {
  const current = Math.floor(now / 1000 / stepSeconds);
  const key = await importSecret(secret);
  let attempt: TotpAttempt = { outcome: "mismatch" };
  for (const step of [current - 1, current, current + 1]) {
    if (!isSameText(code, await codeOf(key, step))) continue;
    if (step > lastStep) return { outcome: "match", step };
    attempt = { outcome: "replayed" };
  }
  return attempt;
}

/** Gives the code of a secret at a time: what an authenticator app shows. */
export async function totpAt(secret: string, now: number): Promise<string> {
  return codeOf(await importSecret(secret), Math.floor(now / 1000 / stepSeconds));
}

function importSecret(secret: string): Promise<CryptoKey> {
  const bits = Array.from(secret, (letter) =>
    alphabet.indexOf(letter).toString(2).padStart(5, "0"),
  ).join("");
  const bytes = Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  return crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign"]);
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

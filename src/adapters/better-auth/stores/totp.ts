const stepSeconds = 30;
const digits = 6;
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Writes bytes in base32 without padding (RFC 4648 section 6). */
export function base32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  const groups = bits.match(/.{1,5}/g) ?? [];
  return groups.map((group) => alphabet[Number.parseInt(group.padEnd(5, "0"), 2)]).join("");
}

/**
 * Gives the time steps that a code is good for, of the present one and those beside it (RFC 6238 section 5.2).
 *
 * @param secret - the key, not its base32 form
 */
export async function stepsOf(code: string, secret: Uint8Array<ArrayBuffer>, now: number) {
  const algorithm = { name: "HMAC", hash: "SHA-1" };
  const key = await crypto.subtle.importKey("raw", secret, algorithm, false, ["sign"]);
  const current = Math.floor(now / 1000 / stepSeconds);
  const candidates = [current - 1, current, current + 1];
  const codes = await Promise.all(candidates.map((step) => codeOf(key, step)));
  return candidates.filter((_, index) => codes[index] === code);
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

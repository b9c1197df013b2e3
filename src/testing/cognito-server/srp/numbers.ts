/**
 * The prime of the 3072-bit group (RFC 3526 section 4), and the generator. This end of the protocol has its own numbers,
 * so that a mistake in the client's shows.
 */
const prime = BigInt(
  "0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B" +
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE6" +
    "49286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D" +
    "670C354E4ABC9804F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF695581718" +
    "3995497CEA956AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7D" +
    "B3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C" +
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
);
const generator = 2n;

/** Computes the generator to some power. */
export function generatorPower(exponent: bigint): bigint {
  return modularPower(generator, exponent);
}

/** Computes a power modulo the prime, from the exponent's first bit on. */
export function modularPower(base: bigint, exponent: bigint): bigint {
  let power = 1n;
  for (const bit of exponent.toString(2)) {
    power = (power * power) % prime;
    if (bit === "1") power = (power * base) % prime;
  }
  return power;
}

/** Reads a public value: nothing, where it is none, or one with which the password would not matter. */
export function readPublicValue(hex: string): bigint | undefined {
  const value = /^[0-9a-f]+$/i.test(hex) ? BigInt(`0x${hex}`) : 0n;
  return value % prime === 0n ? undefined : value;
}

/** Multiplies and adds, modulo the prime. */
export function multiplyAdd(one: bigint, other: bigint, addend: bigint): bigint {
  return (one * other + addend) % prime;
}

/** The multiplier that blinds the verifier (RFC 5054 section 2.5.3), over numbers as Cognito pads them. */
export async function multiplier(): Promise<bigint> {
  return hashNumber(bytesOf(prime), bytesOf(generator));
}

/** Writes a number in whole bytes: with a zero byte first, where it would else read as a negative one. */
export function bytesOf(number: bigint): Uint8Array<ArrayBuffer> {
  const hex = number.toString(16);
  const whole = hex.padStart(hex.length + (hex.length % 2), "0");
  const signed = Number.parseInt(whole.slice(0, 2), 16) > 0x7f ? `00${whole}` : whole;
  return Uint8Array.from({ length: signed.length / 2 }, (_, index) =>
    Number.parseInt(signed.slice(2 * index, 2 * index + 2), 16),
  );
}

/** Reads bytes as a number. */
export function numberOf(bytes: Uint8Array): bigint {
  let number = 0n;
  for (const byte of bytes) number = (number << 8n) | BigInt(byte);
  return number;
}

/** Reads base64: nothing, where it is none. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  try {
    return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Hashes with SHA-256, into a number. */
export async function hashNumber(...parts: readonly Uint8Array[]): Promise<bigint> {
  const joined = Uint8Array.from(parts.flatMap((part) => [...part]));
  return numberOf(new Uint8Array(await crypto.subtle.digest("SHA-256", joined)));
}

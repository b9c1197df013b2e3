import { decode, importFor, type Signer } from "./signer.ts";

/** Length of a signature, in bytes. */
const length = 256;

/** The faults that the padding of PKCS#1 v1.5 around a digest can have (RFC 8017 section 9.2). */
interface PaddingFaults {
  readonly first?: number;
  readonly type?: number;
  readonly filler?: number;
  readonly separator?: number;
}

/** Pads as EMSA-PKCS1-v1_5 does, but for the faults. */
export function pad(parts: readonly Uint8Array[], faults: PaddingFaults = {}): Uint8Array {
  const { first = 0, type = 1, filler = 0xff, separator = 0 } = faults;
  const content = join(parts);
  const padding = new Uint8Array(length - content.length - 3).fill(filler);
  return join([Uint8Array.of(first, type), padding, Uint8Array.of(separator), content]);
}

/** Pads with the eight bytes that are the least, and rubbish at the end: as in the forgery of 2006 (CVE-2006-4339). */
export function padShort(parts: readonly Uint8Array[]): Uint8Array {
  const start = join([
    Uint8Array.of(0, 1),
    new Uint8Array(8).fill(0xff),
    Uint8Array.of(0),
    ...parts,
  ]);
  return join([start, new Uint8Array(length - start.length).fill(0x55)]);
}

/** Signs what is padded already, as no library does. */
export function signPadded({ privateJwk, jwk }: Signer, padded: Uint8Array): Uint8Array {
  const [exponent, modulus] = [toNumber(decode(privateJwk.d ?? "")), toNumber(decode(jwk.n))];
  return toBytes(power(toNumber(padded), exponent, modulus));
}

/** Signs as the issuer would. */
export async function signText(signer: Signer, text: string): Promise<Uint8Array> {
  const how = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const key = await importFor(signer, how);
  return new Uint8Array(await crypto.subtle.sign(how, key, new TextEncoder().encode(text)));
}

/** Puts bytes after one another. */
export function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** Reads bytes written as hexadecimal digits. */
export function hex(digits: string): Uint8Array {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** OS2IP (RFC 8017 section 4.2). */
export function toNumber(bytes: Uint8Array): bigint {
  return BigInt(`0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`);
}

/** I2OSP (RFC 8017 section 4.1), of as many bytes as a signature has, or of more where there must be. */
export function toBytes(number: bigint): Uint8Array {
  const digits = number.toString(16);
  const even = digits.length + (digits.length % 2);
  return hex(digits.padStart(Math.max(2 * length, even), "0"));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** The 3072-bit group (RFC 3526 section 4), which Cognito computes in with the generator 2. */
export const modulus = BigInt(
  `0x${[
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD",
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED",
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F",
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B",
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510",
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7",
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C",
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
  ].join("")}`,
);
export const generator = 2n;

/** Computes `base ** exponent mod modulus`, by squaring. */
export function modPow(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = modN(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

/** Brings any number into the group: never a negative one, as `%` gives. */
export function modN(value: bigint): bigint {
  return ((value % modulus) + modulus) % modulus;
}

/** Writes a number as Cognito hashes it: in whole bytes, with one of zeros before a first bit that is set. */
export function toBytes(value: bigint): Uint8Array<ArrayBuffer> {
  const digits = value.toString(16);
  const even = digits.length % 2 === 0 ? digits : `0${digits}`;
  const padded = /^[89a-f]/.test(even) ? `00${even}` : even;
  return new Uint8Array((padded.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)));
}

/** Hashes bytes with SHA-256 into a number. */
export async function hashToNumber(...parts: readonly Uint8Array[]): Promise<bigint> {
  const joined = new Uint8Array(parts.flatMap((part) => [...part]));
  return toNumber(new Uint8Array(await crypto.subtle.digest("SHA-256", joined)));
}

/** Reads bytes as a number, the first byte for the most. */
export function toNumber(bytes: Uint8Array): bigint {
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  return BigInt(`0x${digits.join("") || "0"}`);
}

import { generator, hashToNumber, modN, modPow, modulus, toBytes, toNumber } from "./group.ts";

/** The parameters that the server tells in `PASSWORD_VERIFIER`. */
export interface SrpParameters {
  readonly userId: string;
  /** The server's public value, in hexadecimal. */
  readonly publicValue: string;
  /** In hexadecimal. */
  readonly salt: string;
  /** Base64. */
  readonly secretBlock: string;
}

/** One proof that a password is known: begun with a public value, and finished with a signature. */
export interface SrpClient {
  /** The client's public value, in hexadecimal. */
  readonly publicValue: string;

  /**
   * Signs the secret block and the time with what only whoever knows the password can compute.
   *
   * @param timestamp - as {@link srpTimestamp} writes it
   * @throws {RangeError} for a public value that would make the password not matter
   */
  sign(password: string, parameters: SrpParameters, timestamp: string): Promise<string>;
}

/** A group of 3072 bits asks for 275 bits at least (RFC 7919 appendix A.2); each one more is time spent at every sign-in. */
const privateBytes = 40;
const keyBits = 128;
const keyLabel = new TextEncoder().encode("Caldera Derived Key");

/**
 * Begins a proof by the Secure Remote Password protocol, version 6a (RFC 5054 section 2.6), as Cognito has it: padded
 * numbers in every hash, and a key that is derived by HKDF.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html#amazon-cognito-user-pools-authentication-flow-methods-srp
 */
export function createSrpClient(userPoolId: string): SrpClient {
  const poolName = userPoolId.slice(userPoolId.lastIndexOf("_") + 1);
  const privateValue = toNumber(crypto.getRandomValues(new Uint8Array(privateBytes)));
  const publicValue = modPow(generator, privateValue);
  return {
    publicValue: publicValue.toString(16),
    async sign(password, { userId, publicValue: theirs, salt, secretBlock }, timestamp) {
      const serverValue = fromHex(theirs);
      if (modN(serverValue) === 0n) throw new RangeError("The server's value is none of SRP's.");
      const scrambler = await hashToNumber(toBytes(publicValue), toBytes(serverValue));
      const identity = await hash(encode(`${poolName}${userId}:${password}`));
      const secret = await hashToNumber(toBytes(fromHex(salt)), identity);
      const multiplier = await hashToNumber(toBytes(modulus), toBytes(generator));
      const base = modN(serverValue - multiplier * modPow(generator, secret));
      const shared = modPow(base, privateValue + scrambler * secret);
      const key = await deriveKey(toBytes(shared), toBytes(scrambler));
      const block = Uint8Array.from(atob(secretBlock), (character) => character.charCodeAt(0));
      const message = [...encode(poolName + userId), ...block, ...encode(timestamp)];
      const signature = await crypto.subtle.sign("HMAC", key, new Uint8Array(message));
      return btoa(String.fromCharCode(...new Uint8Array(signature)));
    },
  };
}

const weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/**
 * Writes a time as Cognito compares it, `EEE MMM d HH:mm:ss 'UTC' yyyy`: English, and the day without a zero before it.
 *
 * @param now - in milliseconds since the epoch
 */
export function srpTimestamp(now: number): string {
  const date = new Date(now);
  const weekday = weekdays[date.getUTCDay()];
  const month = months[date.getUTCMonth()];
  const time = date.toISOString().slice(11, 19);
  return `${weekday} ${month} ${date.getUTCDate()} ${time} UTC ${date.getUTCFullYear()}`;
}

async function deriveKey(
  shared: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveBits"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt, info: keyLabel };
  const bits = await crypto.subtle.deriveBits(algorithm, material, keyBits);
  return crypto.subtle.importKey("raw", bits, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
}

async function hash(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function fromHex(digits: string): bigint {
  if (!/^[0-9a-f]+$/i.test(digits)) throw new RangeError("The server's value is no number.");
  return BigInt(`0x${digits}`);
}

import { createHash, createHmac, getDiffieHellman, hkdfSync, randomBytes } from "node:crypto";

/** What a server of SRP tells of a user, and how it checks their proof. */
export interface SrpServer {
  /** `ChallengeParameters` of `PASSWORD_VERIFIER`. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Whether the answer to `PASSWORD_VERIFIER` proves the password. */
  proves(responses: Readonly<Record<string, unknown>>): boolean;
}

/** What a server of SRP knows of a user and of the proof that was begun. */
export interface SrpServerOptions {
  readonly poolName: string;
  readonly userId: string;
  readonly password: string;
  /** The client's public value, in hexadecimal. */
  readonly clientValue: string;
  /** In hexadecimal. @default random */
  readonly salt?: string;
}

const modulus = toNumber(getDiffieHellman("modp15").getPrime());
const generator = 2n;

/**
 * The server's side of Cognito's variant of SRP, on the group, the hashes and the key derivation that Node brings along, so
 * that it has no line in common with the client's.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5054#section-2.6
 */
export function startSrp({
  poolName,
  userId,
  password,
  clientValue,
  ...rest
}: SrpServerOptions): SrpServer {
  const salt = rest.salt ?? randomBytes(16).toString("hex");
  const identity = sha256(Buffer.from(`${poolName}${userId}:${password}`));
  const secret = toNumber(sha256(signed(BigInt(`0x${salt}`)), identity));
  const verifier = raise(generator, secret);
  const multiplier = toNumber(sha256(signed(modulus), signed(generator)));
  const privateValue = toNumber(randomBytes(64));
  const publicValue = (multiplier * verifier + raise(generator, privateValue)) % modulus;
  const theirs = BigInt(`0x${clientValue}`);
  const scrambler = toNumber(sha256(signed(theirs), signed(publicValue)));
  const shared = raise((theirs * raise(verifier, scrambler)) % modulus, privateValue);
  const key = hkdfSync("sha256", signed(shared), signed(scrambler), "Caldera Derived Key", 16);
  const secretBlock = randomBytes(64);
  return {
    parameters: {
      SRP_B: publicValue.toString(16),
      SALT: salt,
      SECRET_BLOCK: secretBlock.toString("base64"),
      USERNAME: userId,
      USER_ID_FOR_SRP: userId,
    },
    proves(responses) {
      const signature = createHmac("sha256", Buffer.from(key))
        .update(poolName + userId)
        .update(secretBlock)
        .update(String(responses.TIMESTAMP))
        .digest("base64");
      return (
        responses.PASSWORD_CLAIM_SIGNATURE === signature &&
        responses.PASSWORD_CLAIM_SECRET_BLOCK === secretBlock.toString("base64")
      );
    },
  };
}

/** `base ** exponent` in the group, from the exponent's highest bit down. */
function raise(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % modulus;
    if (bit === "1") result = (result * base) % modulus;
  }
  return result;
}

function sha256(...parts: readonly Buffer[]): Buffer {
  return createHash("sha256").update(Buffer.concat(parts)).digest();
}

/** Writes a number in two's complement, as Java's `BigInteger` does, which Cognito's hashes are over. */
function signed(value: bigint): Buffer {
  const bytes = toBuffer(value);
  return (bytes[0] ?? 0) < 128 ? bytes : Buffer.concat([Buffer.from([0]), bytes]);
}

function toBuffer(value: bigint): Buffer {
  const digits = value.toString(16);
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), "0"), "hex");
}

function toNumber(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex") || "0"}`);
}

/** Gives that many bytes that nobody can foresee. */
type RandomBytes = (length: number) => Uint8Array;

const codesAtOnce = 10;

/**
 * The length of a code, of five bits a letter. From 112 bits on a plain digest of it is enough to keep: there is nothing to
 * try out (OWASP ASVS 5.0, 6.5.2; NIST SP 800-63B, section 5.1.2.2).
 */
const letters = 25;

/** Letters and digits without those that are taken for others (https://www.crockford.com/base32.html). */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** Makes the recovery codes of a user, as they are shown: `4w7kp-x2m9q-hd0ja-tz6rc-8nvfe`. */
export function newRecoveryCodes(randomBytes: RandomBytes): readonly string[] {
  return Array.from({ length: codesAtOnce }, () => newCode(randomBytes));
}

/** Reads a code as it is compared, however it was typed: with hyphens, spaces or capitals, and an O for a zero. */
export function readRecoveryCode(typed: string): string {
  return typed.toLowerCase().replace(/[\s-]/g, "").replaceAll("o", "0").replace(/[il]/g, "1");
}

function newCode(randomBytes: RandomBytes): string {
  const code = Array.from(randomBytes(letters), (byte) => alphabet[byte % alphabet.length]).join(
    "",
  );
  return code.replace(/.{5}(?=.)/g, "$&-");
}

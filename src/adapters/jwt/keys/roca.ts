/** Divide the number that the flawed generator builds on, whatever the size of its keys. */
const primes = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101,
  103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

/**
 * Tells whether an RSA modulus comes from the key generator of CVE-2017-15361 ("ROCA"), whose keys can be factored:
 * modulo each of those primes such a modulus is a power of 65537. One sound modulus in two hundred million looks
 * the same, by chance.
 *
 * @see https://doi.org/10.1145/3133956.3133969 Nemec et al., The Return of Coppersmith's Attack, section 2
 */
export function hasRocaFingerprint(modulus: bigint): boolean {
  return primes.every((prime) => isPowerOf65537(Number(modulus % BigInt(prime)), prime));
}

function isPowerOf65537(residue: number, prime: number): boolean {
  const first = 65_537 % prime;
  let power = first;
  do {
    if (power === residue) return true;
    power = (power * first) % prime;
  } while (power !== first);
  return false;
}

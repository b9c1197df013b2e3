/** How a signature algorithm works in WebCrypto, and which keys it goes with. */
export interface SignatureAlgorithm {
  readonly kty: string;
  readonly crv?: string;
  readonly verification: AlgorithmIdentifier | RsaPssParams | EcdsaParams;
}

/** The asymmetric signature algorithms of RFC 7518 section 3.1, RFC 8037 section 3.1 and RFC 9864 section 2.2. */
const algorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ["RS256", rsa()],
  ["RS384", rsa()],
  ["RS512", rsa()],
  ["PS256", rsaPss(32)],
  ["PS384", rsaPss(48)],
  ["PS512", rsaPss(64)],
  ["ES256", ecdsa("P-256", "SHA-256")],
  ["ES384", ecdsa("P-384", "SHA-384")],
  ["ES512", ecdsa("P-521", "SHA-512")],
  ["EdDSA", ed25519()],
  ["Ed25519", ed25519()],
]);

/**
 * Gives what is known of a signature algorithm: nothing of `none`, of shared secrets, or of any other word.
 *
 * @param name - the value of `alg`
 */
export function signatureAlgorithm(name: string): SignatureAlgorithm | undefined {
  return algorithms.get(name);
}

function rsa(): SignatureAlgorithm {
  // The hash belongs to the imported key.
  return { kty: "RSA", verification: { name: "RSASSA-PKCS1-v1_5" } };
}

function rsaPss(saltLength: number): SignatureAlgorithm {
  return { kty: "RSA", verification: { name: "RSA-PSS", saltLength } };
}

function ecdsa(crv: string, hash: string): SignatureAlgorithm {
  return { kty: "EC", crv, verification: { name: "ECDSA", hash } };
}

function ed25519(): SignatureAlgorithm {
  return { kty: "OKP", crv: "Ed25519", verification: { name: "Ed25519" } };
}

/** A signature algorithm as WebCrypto has it, and the keys that it goes with. */
export interface SignatureAlgorithm {
  readonly kty: string;
  readonly crv?: string;
  readonly key: { readonly name: string; readonly hash?: string; readonly namedCurve?: string };
  readonly verification: {
    readonly name: string;
    readonly hash?: string;
    readonly saltLength?: number;
  };
}

/** The asymmetric signature algorithms of RFC 7518 section 3.1, RFC 8037 section 3.1 and RFC 9864 section 2.2. */
const algorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ["RS256", rsa("SHA-256")],
  ["RS384", rsa("SHA-384")],
  ["RS512", rsa("SHA-512")],
  ["PS256", rsaPss("SHA-256", 32)],
  ["PS384", rsaPss("SHA-384", 48)],
  ["PS512", rsaPss("SHA-512", 64)],
  ["ES256", ecdsa("P-256", "SHA-256")],
  ["ES384", ecdsa("P-384", "SHA-384")],
  ["ES512", ecdsa("P-521", "SHA-512")],
  ["EdDSA", ed25519()],
  ["Ed25519", ed25519()],
]);

/**
 * Finds a signature algorithm by its name: nothing for `none`, for those with shared secrets, or for any other word.
 *
 * @param name - the value of `alg`
 */
export function signatureAlgorithm(name: string): SignatureAlgorithm | undefined {
  return algorithms.get(name);
}

function rsa(hash: string): SignatureAlgorithm {
  const name = "RSASSA-PKCS1-v1_5";
  // The hash belongs to the imported key.
  return { kty: "RSA", key: { name, hash }, verification: { name } };
}

function rsaPss(hash: string, saltLength: number): SignatureAlgorithm {
  const name = "RSA-PSS";
  return { kty: "RSA", key: { name, hash }, verification: { name, saltLength } };
}

function ecdsa(crv: string, hash: string): SignatureAlgorithm {
  const name = "ECDSA";
  return { kty: "EC", crv, key: { name, namedCurve: crv }, verification: { name, hash } };
}

function ed25519(): SignatureAlgorithm {
  const name = "Ed25519";
  return { kty: "OKP", crv: name, key: { name }, verification: { name } };
}

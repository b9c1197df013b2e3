import type { Confirmation } from "../../../domain/principal.ts";
import { thumbprintOf } from "../keys/thumbprint.ts";
import { prepareKey } from "../keys/verification-keys.ts";
import { vetKeys } from "../keys/vetted-keys.ts";
import type { ReadProof } from "./proof-reader.ts";
import { refusedProof } from "./proof-refusal.ts";

/**
 * Expects that a proof was signed with the key that a token is bound to. Whether it is that key comes first: nobody can
 * make us work with a key that no issuer has seen.
 *
 * @throws {IdentityError} `invalid_token` — no key, a private, weak or other one, or not its signature
 */
export async function checkProofSignature(
  proof: ReadProof,
  confirmation: Confirmation,
): Promise<void> {
  const jwk = publicKey(proof.jwk);
  if ((await thumbprintOf(jwk)) !== confirmation.thumbprint)
    throw refusedProof("The key is not the token's.");
  const { algorithm, signature, signingInput } = proof;
  const { verification, key } = await prepareKey(jwk, { algorithm, keyName: algorithm });
  if (!(await crypto.subtle.verify(verification, key, signature, signingInput))) {
    throw refusedProof("The signature is not of that key.");
  }
}

/** The same rules hold as for the keys of issuers: public, strong, and for nothing but verifying. */
function publicKey(jwk: unknown) {
  const [key] = vetKeys({ keys: [jwk] }).keys;
  if (!key) throw refusedProof("The proof has no usable key.");
  return key;
}

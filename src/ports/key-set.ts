/** A public key as a JSON Web Key (RFC 7517 section 4). */
export interface PublicJsonWebKey {
  readonly kty: string;
  readonly kid?: string;
  readonly alg?: string;
  readonly use?: string;
  readonly [member: string]: unknown;
}

/** A set of public keys (RFC 7517 section 5). */
export interface JsonWebKeySet {
  readonly keys: readonly PublicJsonWebKey[];
}

/** The public keys that a provider signs its tokens with. */
export interface KeySet {
  /**
   * Gives the keys at hand, and gets them first when there are none or they are too old. Any number of calls while they
   * are being got share one request. What it gives is the same object until there are other keys: whoever verifies with
   * them makes them ready once for each object, which takes longer than to verify.
   *
   * @throws {IdentityError} `keys_unavailable` — there are none and they cannot be had now
   */
  current(): Promise<JsonWebKeySet>;

  /**
   * Gets the keys anew because a token names one that is not at hand, and gives what is then at hand. At most once
   * within a cooldown: more calls give what is at hand, so that invented key ids cannot be turned into requests.
   *
   * @param keyId - the key that the token names, by which a changed key can be told from a flood of invented ones
   * @throws {IdentityError} `keys_unavailable` — they cannot be had now, whatever is at hand: whether the key that the
   *   token names exists cannot be told
   */
  refresh(keyId?: string): Promise<JsonWebKeySet>;
}

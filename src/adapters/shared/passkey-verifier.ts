import type { JsonObject } from "../../domain/challenge.ts";

/** The record that is kept of a credential (Web Authentication Level 3, section 4, credential record). */
export interface PasskeyRecord {
  /** The credential id, base64url. */
  readonly id: string;
  /** COSE_Key (RFC 9052 section 7). */
  readonly publicKey: Uint8Array<ArrayBuffer>;
  /** The signature counter: 0 for good where the authenticator keeps none. */
  readonly signCount: number;
}

/** The terms on which a new passkey is asked for. */
export interface PasskeyCreation {
  /** Random bytes, base64url. */
  readonly challenge: string;
  readonly timeoutSeconds: number;
  readonly user: {
    /** The user handle that the passkey gives back: at most 64 bytes that tell nothing of the user. */
    readonly id: string;
    /** The name that the user knows the account by. */
    readonly name: string;
  };
  /** The credential ids of the passkeys that the user has. */
  readonly existing: readonly string[];
}

/**
 * The relying party of Web Authentication: who makes its options and checks what browsers make of them. It keeps nothing
 * and knows one site. It is given to the provider and not imported by it, because the library behind it is about 90 kB
 * gzipped, as much as the rest of a Worker's bundle.
 */
export interface PasskeyVerifier {
  /**
   * Whether a passkey stands for both factors. Where it does not, nobody with a second factor signs in with one.
   */
  readonly isMultiFactor: boolean;

  /** Gives `PublicKeyCredentialCreationOptionsJSON`. */
  creationOptions(creation: PasskeyCreation): Promise<JsonObject>;

  /**
   * Checks a `RegistrationResponseJSON`.
   *
   * @throws {IdentityError} `passkey_rejected` — it does not answer the challenge, or not for this site
   */
  verifyRegistration(answer: {
    readonly credential: JsonObject;
    readonly challenge: string;
  }): Promise<PasskeyRecord>;

  /** Gives `PublicKeyCredentialRequestOptionsJSON`. It names no passkeys: any that the site's users have may answer. */
  requestOptions(request: {
    readonly challenge: string;
    readonly timeoutSeconds: number;
  }): Promise<JsonObject>;

  /**
   * Checks an `AuthenticationResponseJSON` against the passkey that it must be of, and gives the passkey's next counter.
   *
   * @throws {IdentityError} `passkey_rejected` — it does not answer the challenge, or not for this site, or is of another
   * passkey or user, or its counter went back
   */
  verifyAuthentication(answer: {
    readonly credential: JsonObject;
    readonly challenge: string;
    readonly passkey: PasskeyRecord;
    /** The id that the passkey was made for. */
    readonly userId: string;
  }): Promise<Pick<PasskeyRecord, "signCount">>;
}

import type { JsonObject } from "../../../domain/challenge.ts";

/** The flaws that a device's answer can have. */
export const passkeyFlaws = [
  /** It was made on a page of another origin. */
  "other_origin",
  /** It was made for another relying party. */
  "other_site",
  /** It answers another challenge. */
  "other_challenge",
  /** It was made in the other ceremony: to sign in, or to register. */
  "other_ceremony",
  /** The signature counter went back, as that of a copy would. */
  "counter_back",
  /** Its signature is of something else. */
  "bad_signature",
] as const;
export type PasskeyFlaw = (typeof passkeyFlaws)[number];

/**
 * A browser on one of the provider's pages, with an authenticator that keeps passkeys, knows its user and counts
 * signatures (Web Authentication Level 3).
 */
export interface PasskeyDevice {
  /** Makes a passkey as `PublicKeyCredentialCreationOptionsJSON` ask, and gives the `RegistrationResponseJSON`. */
  create(options: JsonObject, flaw?: PasskeyFlaw): Promise<JsonObject>;
  /**
   * Signs with a passkey as `PublicKeyCredentialRequestOptionsJSON` ask, and gives the `AuthenticationResponseJSON`: one
   * of those that the options allow, else the last one made.
   */
  get(options: JsonObject, flaw?: PasskeyFlaw): Promise<JsonObject>;
}

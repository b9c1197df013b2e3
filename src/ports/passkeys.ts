import type { JsonObject } from "../domain/challenge.ts";
import type { Passkey } from "../domain/passkey.ts";

/**
 * The registration of a user's passkeys (Web Authentication Level 3). Every method throws `token_revoked`,
 * `invalid_token` and `token_expired` as `Profiles.getProfile` does, and `not_supported` where the provider has no
 * passkeys.
 */
export interface Passkeys {
  /**
   * Gives `PublicKeyCredentialCreationOptionsJSON` for `navigator.credentials.create()`, good for a few minutes.
   *
   * @throws {IdentityError} `conflict` — the user has as many passkeys as the provider allows, from one that says so now
   */
  startPasskeyRegistration(input: { readonly accessToken: string }): Promise<JsonObject>;

  /**
   * Registers the passkey that the browser made, `RegistrationResponseJSON`, once for each start.
   *
   * @throws {IdentityError} `passkey_rejected` — it does not answer the options, or is of another origin or site
   * @throws {IdentityError} `challenge_expired` — none was started, or too long ago
   * @throws {IdentityError} `conflict` — the user has as many as the provider allows
   */
  finishPasskeyRegistration(input: {
    readonly accessToken: string;
    readonly credential: JsonObject;
  }): Promise<void>;

  listPasskeys(input: { readonly accessToken: string }): Promise<readonly Passkey[]>;

  /** @throws {IdentityError} `not_found` — the user has no such passkey */
  deletePasskey(input: { readonly accessToken: string; readonly id: string }): Promise<void>;
}

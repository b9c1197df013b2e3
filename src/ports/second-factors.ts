import type { MfaMethod, TotpSecret } from "../domain/challenge.ts";

/** Which second factors a user has switched on, and which one is asked for first. */
export interface MfaPreferences {
  readonly enabled: readonly MfaMethod[];
  readonly preferred?: MfaMethod;
}

/** The second factors of a user, and what there is to do without them. */
export interface MfaState extends MfaPreferences {
  /** The number of recovery codes that have not been used. Always there where the provider has `recovery_codes`. */
  readonly recoveryCodesLeft?: number;
}

/**
 * The set-up of a user's second factors. Every method throws `token_revoked`, `invalid_token` and `token_expired` as
 * `Profiles.getProfile` does, and `not_supported` where the provider has no second factors.
 */
export interface SecondFactors {
  getMfa(input: { readonly accessToken: string }): Promise<MfaState>;

  /**
   * Makes a secret for an authenticator app. It counts for nothing until it was confirmed; the one that is in use, if
   * any, stays in use until then.
   */
  startTotp(input: { readonly accessToken: string }): Promise<TotpSecret>;

  /**
   * Confirms that the app has the secret that was made last. Alone it switches nothing on: `setMfa` does.
   *
   * @throws {IdentityError} `code_mismatch` — not a code of that secret, or no secret was made
   */
  confirmTotp(input: {
    readonly accessToken: string;
    readonly code: string;
    readonly deviceName?: string;
  }): Promise<void>;

  /**
   * Replaces the preferences: what is not among the enabled methods is switched off. With all of them off, recovery codes
   * stand for nothing, and are worthless from then on.
   *
   * @throws {IdentityError} `mfa_not_available` — no confirmed authenticator app, no proven address of that kind, or the
   *   provider requires a second factor and none would be left
   * @throws {IdentityError} `validation_failed` — the preferred method is not enabled; path `["preferred"]`
   */
  setMfa(input: { readonly accessToken: string } & MfaPreferences): Promise<void>;

  /**
   * Makes codes that the user keeps for the day that a second factor is lost. They are told this once. Each is good once, of
   * any number of sign-ins at once, and those made before are worthless: of calls at once, the codes of one are left.
   * A new app or another preferred method leaves them as they are.
   *
   * @throws {IdentityError} `mfa_not_available` — the user has no second factor that they could stand for
   * @throws {IdentityError} `not_supported` — the provider has no capability `recovery_codes`
   */
  createRecoveryCodes(input: { readonly accessToken: string }): Promise<readonly string[]>;
}

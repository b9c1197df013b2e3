/** What a sign-in or a refresh hands out, named as in OAuth 2.0 (RFC 6749 section 5.1). */
export interface TokenSet {
  readonly accessToken: string;
  /** The OpenID Connect ID token, for the client only: no API takes it as a credential. */
  readonly idToken?: string;
  /**
   * Opaque. Absent from a refresh that did not replace it, and then the one in hand stays good; present, it replaces
   * the one in hand.
   */
  readonly refreshToken?: string;
  readonly tokenType: "Bearer";
  /** Life of the access token from now, in seconds. */
  readonly expiresIn: number;
}

/** How a sign-in ended. */
export interface SignInResult {
  readonly status: "signed_in";
  readonly tokens: TokenSet;
}

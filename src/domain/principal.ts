interface VerifiedClaims {
  /** Who the token speaks for (`sub`), unique within {@link VerifiedClaims.issuer}. The pair is the identity. */
  readonly subject: string;
  /** Who issued the token (`iss`). */
  readonly issuer: string;
  /** The client the token was issued to (`client_id`). */
  readonly clientId: string;
  /** The scopes granted (`scope`, RFC 8693 section 4.2), in the token's order. */
  readonly scopes: readonly string[];
  /** When the token was issued (`iat`), in seconds since the epoch. */
  readonly issuedAt: number;
  /** From when on the token is refused (`exp`), in seconds since the epoch. */
  readonly expiresAt: number;
  /** When the user proved who they are (`auth_time`), in seconds since the epoch, where the token says. */
  readonly authenticatedAt?: number;
  /** How the user proved it, as the issuer names its ways (`acr`, the authentication context class), where the token says. */
  readonly authenticationClass?: string;
  /** The token's own id (`jti`), where it has one. */
  readonly tokenId?: string;
  /** The key that the token is bound to, which its bearer has proven to have. A token of anyone who has it says nothing. */
  readonly confirmation?: Confirmation;
}

/** A key that a token is bound to (`cnf`, RFC 7800). */
export interface Confirmation {
  /** The SHA-256 thumbprint of the public key (`jkt`, RFC 9449 section 6.1), in base64url. */
  readonly thumbprint: string;
}

/** A person, as a verified access token describes them. */
export interface UserPrincipal extends VerifiedClaims {
  readonly kind: "user";
  /** The provider's name for the user. It can change hands: identify users by subject and issuer. */
  readonly username: string;
  /** The groups the user was in when the token was issued. */
  readonly groups: readonly string[];
  /** The id that all tokens of one sign-in share (`origin_jti`), where the provider says. */
  readonly sessionId?: string;
}

/** A program that signed in with its own client credentials (RFC 6749 section 4.4). */
export interface MachinePrincipal extends VerifiedClaims {
  readonly kind: "machine";
}

/** Whoever a verified access token speaks for. */
export type Principal = UserPrincipal | MachinePrincipal;

/** Whoever an access token speaks for that is bound to a key. */
export type BoundPrincipal<P extends AnyPrincipal = Principal> = P & {
  readonly confirmation: Confirmation;
};

/**
 * A person, as a verified ID token tells a client of them (OpenID Connect Core 1.0 section 2): who signed in, and nothing
 * of what anyone may do, so that `scopes` is empty. There is one only where ID tokens were asked for.
 */
export interface IdTokenPrincipal extends VerifiedClaims {
  readonly kind: "id_token";
  /** The provider's name for the user. It can change hands: identify users by subject and issuer. */
  readonly username: string;
  /** The user's address, as the provider has it. It can change hands as well. */
  readonly email?: string;
  /** Whether the provider says that the address is the user's: there where the address is. */
  readonly isEmailVerified?: boolean;
  /** The id that all tokens of one sign-in share (`sid`, `origin_jti`), where the provider says. */
  readonly sessionId?: string;
}

/** Whoever any verified token tells of. */
export type AnyPrincipal = Principal | IdTokenPrincipal;

import type { Challenge } from "./challenge.ts";
import type { IdentityErrorCode } from "./errors.ts";

/** The tokens that a sign-in or a refresh hands out, named as in OAuth 2.0 (RFC 6749 section 5.1). */
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

/** The outcome of a sign-in, or of a step of one: tokens or something more to show, never both. */
export type SignInResult =
  | {
      readonly status: "signed_in";
      readonly tokens: TokenSet;
      /** The user name that the sign-in was begun with, as it was given then: what its attempts were counted by. */
      readonly username?: string;
    }
  | { readonly status: "challenge"; readonly challenge: Challenge };

/** A sign-in that has not ended, as its user sees it. */
export interface SessionSummary {
  /** The id that its access tokens name as their session, where they name one. */
  readonly id: string;
  /** In seconds since the epoch. */
  readonly createdAt: number;
  /** In seconds since the epoch. */
  readonly lastActiveAt?: number;
  /** Whether it is the session of the access token that asks. */
  readonly isCurrent: boolean;
  /** The kind of device that it is on, where the provider tells. */
  readonly device?: string;
}

/** The sessions of a user that ended with their old password. */
export type EndedSessions =
  | {
      readonly ended: "all";
      /** Whose they were, as tokens name the user, where the provider tells. */
      readonly subject?: string;
      /** The sessions as their access tokens name them, where the provider tells. */
      readonly sessionIds?: readonly string[];
    }
  | {
      /** All but the caller's. */
      readonly ended: "others";
      /** The sessions as their access tokens name them: none, where those name them otherwise. */
      readonly sessionIds: readonly string[];
    }
  | {
      /** The provider could not end them: whoever is in stays in until they are signed out or their session is over. */
      readonly ended: "none";
      /** Why. `not_supported`: it never can, as it is set up. */
      readonly code: IdentityErrorCode;
    };

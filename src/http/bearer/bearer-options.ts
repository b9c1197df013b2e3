import type { IdentityError } from "../../domain/errors.ts";
import type { AnyPrincipal, Principal } from "../../domain/principal.ts";
import type { Clock, ProofVerifier, TokenVerifier } from "../../ports/index.ts";

/** Who is let in, and what all others are told. */
export interface BearerOptions<P extends AnyPrincipal = Principal> {
  /** Whose tokens are taken: from `createJwtVerifier`, or anything that keeps the port's promises. */
  readonly verifier: TokenVerifier<P>;
  /**
   * Takes tokens that are bound to a key as well, with a proof of the key (RFC 9449): from `createDpopVerifier`.
   * @default such tokens are refused
   */
  readonly dpop?: ProofVerifier<P>;
  /** The scopes that a token must have, all of them (RFC 6749 section 3.3). @default none */
  readonly scopes?: readonly string[];
  /**
   * Scopes of which a token must have one, besides all of `scopes`. Put the least first: it is the one that a challenge
   * names. @default any scope will do
   */
  readonly anyScope?: readonly string[];
  /** Refuses a request without credentials: {@link OptionalBearerOptions} lets it pass. @default false */
  readonly optional?: false;
  /** The groups that a user must be in one of. A program is in none. @default anyone's token will do */
  readonly groups?: readonly string[];
  /**
   * The longest that the user's sign-in may be ago (`auth_time`), in whole seconds, 1 at least: for what is not left to
   * whoever finds a session open. A token that does not say when it was, as those of programs do not, is refused.
   * @default any time
   * @see https://www.rfc-editor.org/rfc/rfc9470
   */
  readonly maxAge?: number;
  /**
   * The classes of sign-in (`acr`) that will do, the one to ask for first. A token that names none is refused.
   * @default any class
   */
  readonly acr?: readonly string[];
  /** The time that `maxAge` goes by. @default the system's clock */
  readonly clock?: Clock;
  /** The realm that `WWW-Authenticate` names. @default "api" */
  readonly realm?: string;
  /** Where the metadata of the protected resource is (RFC 9728), which challenges then name. */
  readonly resourceMetadata?: string | URL;
  /** The bytes of a form that are searched for a second token: a longer one is refused. @default 65536 */
  readonly formLimitBytes?: number;
  /**
   * Is told of each refusal, for a log or a metric: its `code` and `rejection`, which the caller is told as well, and the
   * `rejectionReason` and `cause` behind them, which it is not. It should not throw.
   */
  readonly onRefusal?: (error: IdentityError) => void;
}

/**
 * As {@link BearerOptions}, but a request without credentials is let in too, and speaks for nobody. One with credentials
 * is judged as ever: a token that is not good is refused, and so is another scheme, or a token in a query or a form.
 */
export interface OptionalBearerOptions<P extends AnyPrincipal = Principal>
  extends Omit<BearerOptions<P>, "optional"> {
  readonly optional: true;
}

import type { AnyPrincipal, IdTokenPrincipal, Principal } from "../../domain/principal.ts";
import type {
  BoundTokenVerifier,
  Clock,
  JsonWebKeySet,
  KeySet,
  KeySetCache,
  TokenVerifier,
} from "../../ports/index.ts";

/** The terms that hold whoever issued a token, in the terms of `createJwtVerifier`. */
export interface VerifierTerms<P extends AnyPrincipal = Principal> {
  readonly clock?: Clock;
  readonly clockToleranceSeconds?: number;
  readonly cache?: { readonly maxEntries?: number } | false;
  readonly isRevoked?: (principal: NoInfer<P>) => boolean | Promise<boolean>;
}

/** The one issuer of a verifier, whose tokens are in Amazon Cognito's form. */
export interface SingleIssuer {
  readonly issuer: string;
  readonly clientIds: readonly string[];
  readonly keys: KeySet;
  readonly algorithms?: readonly string[];
}

/** One of several issuers, as the library's own functions make them. */
export interface Issuer<P extends AnyPrincipal = Principal> {
  readonly issuers: readonly { readonly issuer: string; readonly keys: KeySet }[];
  readonly algorithms: readonly string[];
  readonly tokenTypes: readonly (string | undefined)[];
  readonly maxLifeSeconds: number;
  readonly ignoreJku?: boolean | undefined;
  readonly allowMissingKeyId?: boolean | undefined;
  readPrincipal(claims: Readonly<Record<string, unknown>>): P;
}

/** The terms of an issuer of OAuth 2.0 access tokens. */
export interface OAuthIssuerTerms {
  readonly issuer: string;
  readonly keys: KeySet;
  readonly audiences: readonly string[];
  readonly clientIds?: readonly string[];
  readonly ignoreJku?: boolean;
  readonly allowMissingKeyId?: boolean;
  readonly allowMissingAudience?: boolean;
  readonly defaultClientId?: string;
  readonly allowScopeList?: boolean;
  readonly allowIdTokenClaims?: readonly ("nonce" | "at_hash")[];
}

/** The terms of an issuer whose ID tokens are taken. */
export interface IdTokenIssuerTerms {
  readonly issuer: string;
  readonly keys: KeySet;
  readonly clientIds: readonly string[];
}

/** The options of a key set that is fetched. */
export interface RemoteKeySetTerms {
  readonly uri: string;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly timeoutMs?: number;
  readonly allowClusterHttp?: boolean;
  readonly seed?: JsonWebKeySet;
  readonly cache?: KeySetCache;
  readonly onFailure?: (failure: unknown) => void;
}

/** The options of a key set that is found by its issuer's metadata, and fetched. */
export interface DiscoveredKeySetTerms extends Omit<RemoteKeySetTerms, "uri"> {
  readonly issuer: string;
  readonly metadata?: "openid-configuration" | "oauth-authorization-server";
  readonly metadataUri?: string;
}

/**
 * The functions under test: `portico/jwt` is such a library.
 *
 * @example
 * import * as library from "portico/jwt";
 * for (const { name, run } of tokenVerifierCorpus) test(name, () => run(library));
 */
export interface TokenVerifierLibrary {
  createJwtVerifier<P extends AnyPrincipal = Principal>(
    options: VerifierTerms<P> & (SingleIssuer | { readonly issuers: readonly Issuer<P>[] }),
  ): TokenVerifier<P> & BoundTokenVerifier<P>;
  /** Makes an issuer whose tokens go by RFC 9068. */
  oauthIssuer(options: OAuthIssuerTerms): Issuer;
  /** Makes an issuer whose access tokens do not say that they are some. */
  oidcIssuer(options: OAuthIssuerTerms): Issuer;
  /** Makes an issuer whose ID tokens are taken, and nothing else. */
  idTokenIssuer(options: IdTokenIssuerTerms): Issuer<IdTokenPrincipal>;
  createRemoteKeySet(options: RemoteKeySetTerms): KeySet;
  createDiscoveredKeySet(options: DiscoveredKeySetTerms): KeySet;
}

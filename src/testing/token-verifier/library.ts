import type { Principal } from "../../domain/principal.ts";
import type {
  BoundTokenVerifier,
  Clock,
  JsonWebKeySet,
  KeySet,
  KeySetCache,
  TokenVerifier,
} from "../../ports/index.ts";

/** What holds whoever issued a token, in the terms of `createJwtVerifier`. */
export interface VerifierTerms {
  readonly clock?: Clock;
  readonly clockToleranceSeconds?: number;
  readonly cache?: { readonly maxEntries?: number } | false;
  readonly isRevoked?: (principal: Principal) => boolean | Promise<boolean>;
}

/** The one issuer of a verifier, whose tokens are in Amazon Cognito's form. */
export interface SingleIssuer {
  readonly issuer: string;
  readonly clientIds: readonly string[];
  readonly keys: KeySet;
  readonly algorithms?: readonly string[];
}

/** One of several issuers, as the library's own functions make them. */
export interface Issuer {
  readonly issuers: readonly { readonly issuer: string; readonly keys: KeySet }[];
  readonly algorithms: readonly string[];
  readonly tokenTypes: readonly (string | undefined)[];
  readonly maxLifeSeconds: number;
  readonly ignoreJku?: boolean | undefined;
  readonly allowMissingKeyId?: boolean | undefined;
  readPrincipal(claims: Readonly<Record<string, unknown>>): Principal;
}

/** What makes an issuer of OAuth 2.0 access tokens. */
export interface OAuthIssuerTerms {
  readonly issuer: string;
  readonly keys: KeySet;
  readonly audiences: readonly string[];
  readonly clientIds?: readonly string[];
  readonly ignoreJku?: boolean;
  readonly allowMissingKeyId?: boolean;
}

/** What makes a key set that is fetched. */
export interface RemoteKeySetTerms {
  readonly uri: string;
  readonly fetch?: typeof fetch;
  readonly clock?: Clock;
  readonly timeoutMs?: number;
  readonly seed?: JsonWebKeySet;
  readonly cache?: KeySetCache;
  readonly onFailure?: (failure: unknown) => void;
}

/** What makes a key set that is found by its issuer's metadata, and fetched. */
export interface DiscoveredKeySetTerms extends Omit<RemoteKeySetTerms, "uri"> {
  readonly issuer: string;
  readonly metadata?: "openid-configuration" | "oauth-authorization-server";
}

  readonly allowClusterHttp?: boolean;
/**
 * The functions under test: `portico/jwt` is such a library.
 *
 * @example
 * import * as library from "portico/jwt";
 * for (const { name, run } of tokenVerifierCorpus) test(name, () => run(library));
 */
export interface TokenVerifierLibrary {
  createJwtVerifier(
  readonly metadataUri?: string;
    options: VerifierTerms & (SingleIssuer | { readonly issuers: readonly Issuer[] }),
  ): TokenVerifier & BoundTokenVerifier;
  /** Whose tokens go by RFC 9068. */
  oauthIssuer(options: OAuthIssuerTerms): Issuer;
  /** Whose access tokens do not say that they are some. */
  oidcIssuer(options: OAuthIssuerTerms): Issuer;
  createRemoteKeySet(options: RemoteKeySetTerms): KeySet;
  createDiscoveredKeySet(options: DiscoveredKeySetTerms): KeySet;
}

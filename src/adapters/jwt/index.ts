export type { ClaimPath } from "./claims/oauth-claims.ts";
export type { DpopVerifierOptions } from "./dpop/dpop-options.ts";
export { createDpopVerifier } from "./dpop/dpop-verifier.ts";
export type { DpopNonceOptions } from "./dpop/nonces.ts";
export { createMemoryReplayStore, type MemoryReplayStoreOptions } from "./dpop/replay-store.ts";
export { type CognitoIssuerOptions, cognitoIssuer } from "./issuers/cognito-issuer.ts";
export {
  createDiscoveredKeySet,
  type DiscoveredKeySetOptions,
} from "./issuers/discovered-key-set.ts";
export type { FindIssuer } from "./issuers/found-issuers.ts";
export { type IdTokenIssuerOptions, idTokenIssuer } from "./issuers/id-token-issuer.ts";
export { type OAuthIssuerOptions, oauthIssuer, oidcIssuer } from "./issuers/oauth-issuers.ts";
export type {
  ClaimReader,
  IssuerKeys,
  TrustedIssuer,
  WithClaims,
} from "./issuers/trusted-issuer.ts";
export { createRemoteKeySet, type RemoteKeySet } from "./keys/remote-key-set.ts";
export type { RemoteKeySetOptions } from "./keys/remote-key-set-options.ts";
export {
  createRevocationCheck,
  type RevocationCheck,
  type RevocationCheckOptions,
  type RevocationCopyState,
} from "./revocations/revocation-check.ts";
export type { JwtVerifier } from "./verification/bound-tokens.ts";
export type { TokenCacheOptions } from "./verification/verified-tokens.ts";
export { createJwtVerifier } from "./verification/verifier.ts";
export type {
  JwtVerifierOptions,
  SeveralIssuersOptions,
  SingleIssuerOptions,
  VerifierTerms,
} from "./verification/verifier-options.ts";

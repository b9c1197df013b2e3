export * from "./adapters/jwt/index.ts";
export type { RejectionReason, TokenRejection } from "./domain/errors.ts";
export type {
  AnyPrincipal,
  BoundPrincipal,
  Confirmation,
  IdTokenPrincipal,
  MachinePrincipal,
  Principal,
  UserPrincipal,
} from "./domain/principal.ts";
export type { Revocation, SessionRevocation, UserRevocation } from "./domain/revocation.ts";
export {
  type BearerGuard,
  createBearerGuard,
  type OptionalBearerGuard,
} from "./http/bearer/bearer-guard.ts";
export type { BearerOptions, OptionalBearerOptions } from "./http/bearer/bearer-options.ts";
export {
  type ProtectedResource,
  type ProtectedResourceMetadata,
  protectedResourceMetadata,
  resourceMetadataUrl,
} from "./http/resource-metadata.ts";
export type {
  BoundRequest,
  BoundTokenVerifier,
  Clock,
  KeySet,
  KeySetCache,
  PromptTokenVerifier,
  PromptVerification,
  ProofVerifier,
  ReplayStore,
  RevocationList,
  RevocationPage,
  TokenOwner,
  TokenVerifier,
} from "./ports/index.ts";

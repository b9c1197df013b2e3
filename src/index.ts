export {
  createCommonPasswords,
  createPasswordRanges,
  type PasswordRangesOptions,
} from "./adapters/compromised-passwords/index.ts";
export { completeIdentityProvider } from "./adapters/shared/not-supported.ts";
export type { Environment } from "./adapters/shared/settings.ts";
export { createSiteverifyCaptcha, type SiteverifyOptions } from "./adapters/siteverify/index.ts";
export type { Capability } from "./domain/capabilities.ts";
export {
  IdentityError,
  type IdentityErrorCode,
  type IdentityErrorOptions,
  identityErrorCodes,
  isIdentityError,
  type RejectionReason,
  type TokenRejection,
  type Violation,
} from "./domain/errors.ts";
export type { MachinePrincipal, Principal, UserPrincipal } from "./domain/principal.ts";
export type { SecurityEvent, SecurityEventType } from "./domain/security-event.ts";
export type { EndedSessions, SignInResult, TokenSet } from "./domain/session.ts";
export type { AttributeValues, Delivery, Profile, SignUpResult } from "./domain/user.ts";
export { type AppOptions, createApp } from "./http/app.ts";
export type * from "./ports/index.ts";
export { type Composition, compose } from "./service/compose.ts";
export {
  readEnvironment,
  type ServiceSettings as Settings,
  SettingsError,
} from "./service/settings.ts";

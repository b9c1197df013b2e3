export type { Account, AddressName, TotpSetup } from "./client/account/account.ts";
export type {
  Administration,
  PageOptions,
  UserListOptions,
} from "./client/administration/administration.ts";
export type { PorticoClient } from "./client/client.ts";
export { createClient } from "./client/create-client.ts";
export {
  type ClientErrorCode,
  type ErrorCode,
  isPorticoError,
  PorticoError,
  type PorticoErrorOptions,
} from "./client/errors.ts";
export type {
  CallOptions,
  CaptchaOptions,
  ClientOptions,
  Fetch,
  SignInInput,
  StoredTokens,
  TokenStorage,
} from "./client/options.ts";
export type { PasskeySignInInput, Passkeys } from "./client/passkeys/passkeys.ts";
export type { Capabilities, Fault, Schemas, ServiceErrorCode, Session } from "./client/schemas.ts";
export type { SessionListener } from "./client/session/sessions.ts";
export type { SessionChange } from "./client/session/tabs.ts";
export type {
  CodeStep,
  CustomStep,
  MfaSetupStep,
  NewPasswordStep,
  PasskeyStep,
  SelectFactorStep,
  SelectMfaStep,
  SignedInStep,
  Step,
  TotpStep,
  UnknownStep,
} from "./client/sign-in/steps.ts";
export { type Catalogue, type FaultReason, faultTextOf, textOf } from "./client/texts/catalogue.ts";
export { loadTexts } from "./client/texts/load.ts";
export type { CeremonyOptions } from "./client/webauthn/ceremonies.ts";

export {
  type CaptchaCase,
  type CaptchaHarness,
  type CaptchaUnderTest,
  captchaContract,
} from "./captcha/contract.ts";
export type {
  CognitoTrigger,
  CognitoTriggerEvent,
  TriggerName,
} from "./cognito-server/pool/trigger-functions.ts";
export {
  type CognitoServer,
  type CognitoServerOptions,
  createCognitoServer,
} from "./cognito-server/server.ts";
export type {
  CognitoFault,
  CognitoFaultKind,
  CognitoFaults,
} from "./cognito-server/wire/faults.ts";
export {
  compromisedPasswordsContract,
  type PasswordListCase,
  type PasswordListHarness,
  type PasswordListUnderTest,
  remoteCompromisedPasswordsContract,
} from "./compromised-passwords/contract.ts";
export { type EventSinkCase, eventSinkContract } from "./event-sink/contract.ts";
export type { EventSinkHarness, EventSinkUnderTest } from "./event-sink/event-sink-harness.ts";
export { ContractFailure } from "./expectations.ts";
export {
  type IdentityProviderCaseName,
  identityProviderContract,
} from "./identity-provider/contract.ts";
export type { ContractCase } from "./identity-provider/contract-case.ts";
export type {
  CodePurpose,
  ControlName,
  HarnessControls,
  IdentityProviderHarness,
  NewUser,
  OtherProvider,
} from "./identity-provider/harness.ts";
export { type KnownLimits, type PlannedCase, planContract } from "./identity-provider/plan.ts";
export {
  type ContractRun,
  runContract,
  type TestRunner,
} from "./identity-provider/run-contract.ts";
export { rateLimiterContract, sharedRateLimiterContract } from "./rate-limiter/contract.ts";
export type { RateLimiterCase } from "./rate-limiter/limiter-case.ts";
export type {
  RateLimiterHarness,
  RateLimiterUnderTest,
} from "./rate-limiter/rate-limiter-harness.ts";
export {
  boundedReplayStoreContract,
  type ReplayStoreCase,
  replayStoreContract,
  sharedReplayStoreContract,
} from "./replay-store/contract.ts";
export type {
  ReplayStoreHarness,
  ReplayStoreUnderTest,
} from "./replay-store/replay-store-harness.ts";
export {
  revocationListContract,
  sharedRevocationListContract,
} from "./revocation-list/contract.ts";
export { searchableRevocationListContract } from "./revocation-list/finding.ts";
export type { RevocationListCase } from "./revocation-list/list-case.ts";
export type {
  RevocationListHarness,
  RevocationListUnderTest,
} from "./revocation-list/revocation-list-harness.ts";
export { sharedWorkContract, sharedWorkOfProcessesContract } from "./shared-work/contract.ts";
export type {
  SharedWorkCase,
  SharedWorkHarness,
  SharedWorkUnderTest,
} from "./shared-work/shared-work-harness.ts";
export { tokenVerifierCorpus } from "./token-verifier/corpus.ts";
export type {
  DiscoveredKeySetTerms,
  Issuer,
  OAuthIssuerTerms,
  RemoteKeySetTerms,
  SingleIssuer,
  TokenVerifierLibrary,
  VerifierTerms,
} from "./token-verifier/library.ts";
export type { TokenVerifierCase } from "./token-verifier/verifier-case.ts";

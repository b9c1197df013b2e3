export {
  type CognitoServer,
  type CognitoServerOptions,
  createCognitoServer,
} from "./cognito-server/server.ts";
export type { ContractCase } from "./contract-case.ts";
export { ContractFailure } from "./expectations.ts";
export type {
  CodePurpose,
  ControlName,
  HarnessControls,
  IdentityProviderHarness,
  NewUser,
} from "./harness.ts";
export {
  type IdentityProviderCaseName,
  identityProviderContract,
} from "./identity-provider-contract.ts";
export { type KnownLimits, type PlannedCase, planContract } from "./plan.ts";

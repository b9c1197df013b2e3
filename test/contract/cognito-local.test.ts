import { startCognitoLocalProcess } from "../support/cognito-local-process.ts";
import { startCognitoHarness } from "./cognito-harness.ts";
import { cognitoLocalLimits } from "./cognito-local-gaps.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

for (const authFlow of ["ADMIN_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH"] as const) {
  runIdentityProviderContract(
    `cognito on cognito-local, ${authFlow}`,
    () => startCognitoHarness(startCognitoLocalProcess, authFlow),
    cognitoLocalLimits(authFlow),
  );
}

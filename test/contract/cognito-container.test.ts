import { startCognitoLocalContainer } from "../support/cognito-local-container.ts";
import { describeWithDocker } from "../support/docker.ts";
import { startCognitoHarness } from "./cognito-harness.ts";
import { cognitoLocalLimits } from "./cognito-local-gaps.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

describeWithDocker("in a container", () => {
  runIdentityProviderContract(
    "cognito on cognito-local, ADMIN_USER_PASSWORD_AUTH",
    () => startCognitoHarness(startCognitoLocalContainer, "ADMIN_USER_PASSWORD_AUTH"),
    cognitoLocalLimits("ADMIN_USER_PASSWORD_AUTH"),
  );
});

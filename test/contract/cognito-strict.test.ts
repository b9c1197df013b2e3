import { startStrictHarness } from "./cognito-strict-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

const keepsTokens = { rotation: "refresh tokens are not replaced here" };

runIdentityProviderContract(
  "cognito on the strict server, telling who exists",
  () => startStrictHarness(),
  { lacks: keepsTokens },
);

runIdentityProviderContract(
  "cognito on the strict server, hiding who exists",
  () =>
    startStrictHarness({ preventUserExistenceErrors: "ENABLED", authFlow: "USER_PASSWORD_AUTH" }),
  {
    lacks: keepsTokens,
    gaps: {
      "registration: refuses any code for an unknown user as a wrong one":
        "Cognito hides unknown users behind ExpiredCodeException here, as far as is known",
      "passwords: resets nothing for a user whose address is not proven":
        "Cognito plays that it sent a code to whoever cannot be sent one, and does not say so",
    },
  },
);

runIdentityProviderContract("cognito on the strict server, replacing refresh tokens", () =>
  startStrictHarness({ rotationGraceSeconds: 60 }),
);

runIdentityProviderContract(
  "cognito on the strict server, refreshing by user name",
  () => startStrictHarness({ refreshFlow: "REFRESH_TOKEN_AUTH" }),
  { lacks: keepsTokens },
);

runIdentityProviderContract(
  "cognito on the strict server, proving passwords by SRP",
  () => startStrictHarness({ authFlow: "USER_SRP_AUTH" }),
  { lacks: keepsTokens },
);

import { startStrictHarness } from "./cognito-strict-harness.ts";
import { strictCapabilities, strictGaps, strictGapsWhereTold } from "./cognito-strict-limits.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

const lacks = { rotation: "refresh tokens are not replaced here" };

const plays =
  "Cognito plays that it sent a code to whoever cannot be sent one, and does not say so";

runIdentityProviderContract(
  "cognito on the strict server, telling who exists",
  () => startStrictHarness(),
  { capabilities: strictCapabilities, lacks, gaps: strictGapsWhereTold },
);

runIdentityProviderContract(
  "cognito on the strict server, hiding who exists",
  () => startStrictHarness({ hidesUsers: true, authFlow: "USER_PASSWORD_AUTH" }),
  {
    capabilities: strictCapabilities,
    lacks,
    gaps: {
      ...strictGaps,
      "registration: refuses any code for an unknown user as a wrong one":
        "Cognito hides unknown users behind ExpiredCodeException here, as far as is known",
      "passwords: resets nothing for a user whose address is not proven": plays,
      "first password: cannot be set by a reset code in the invitation's stead": plays,
    },
  },
);

runIdentityProviderContract(
  "cognito on the strict server, replacing refresh tokens",
  () => startStrictHarness({ rotationGraceSeconds: 60 }),
  { capabilities: strictCapabilities, gaps: strictGapsWhereTold },
);

runIdentityProviderContract(
  "cognito on the strict server, refreshing by user name",
  () => startStrictHarness({ refreshFlow: "REFRESH_TOKEN_AUTH" }),
  { capabilities: strictCapabilities, lacks, gaps: strictGapsWhereTold },
);

runIdentityProviderContract(
  "cognito on the strict server, proving passwords by SRP",
  () => startStrictHarness({ authFlow: "USER_SRP_AUTH" }),
  { capabilities: strictCapabilities, lacks, gaps: strictGapsWhereTold },
);

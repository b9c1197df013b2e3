import type { Capability } from "../../src/domain/capabilities.ts";
import { startStrictHarness, strictFeatures } from "./cognito-strict-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

const lacks = { rotation: "refresh tokens are not replaced here" };

const capabilities: readonly Capability[] = [...strictFeatures, "administration", "groups"];

const endless = "Cognito lets a code be guessed as long as its session lives, as far as is known";
const gaps = {
  "concurrency: hears few wrong answers where a sign-in code by mail is asked for": endless,
  "concurrency: hears few wrong answers where a sign-in code by text message is asked for": endless,
};

const plays =
  "Cognito plays that it sent a code to whoever cannot be sent one, and does not say so";
const tells =
  "Cognito says here that there is no such user, and only the sign-in with a code plays on";
const gapsWhereTold = {
  ...gaps,
  "code sign-in: offers an unknown user the same as a known one": tells,
  "custom challenges: ask an unknown user as they do a known one": tells,
};

runIdentityProviderContract(
  "cognito on the strict server, telling who exists",
  () => startStrictHarness(),
  { capabilities, lacks, gaps: gapsWhereTold },
);

runIdentityProviderContract(
  "cognito on the strict server, hiding who exists",
  () => startStrictHarness({ hidesUsers: true, authFlow: "USER_PASSWORD_AUTH" }),
  {
    capabilities,
    lacks,
    gaps: {
      ...gaps,
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
  { capabilities, gaps: gapsWhereTold },
);

runIdentityProviderContract(
  "cognito on the strict server, refreshing by user name",
  () => startStrictHarness({ refreshFlow: "REFRESH_TOKEN_AUTH" }),
  { capabilities, lacks, gaps: gapsWhereTold },
);

runIdentityProviderContract(
  "cognito on the strict server, proving passwords by SRP",
  () => startStrictHarness({ authFlow: "USER_SRP_AUTH" }),
  { capabilities, lacks, gaps: gapsWhereTold },
);

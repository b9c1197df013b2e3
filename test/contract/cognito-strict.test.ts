import { startStrictHarness, strictCapabilities } from "./cognito-strict-harness.ts";
import { runIdentityProviderContract } from "./run-contract.ts";

const hashing = "the back end hashes out of the adapter's sight";
const lacks = { rotation: "refresh tokens are not replaced here", hashing };

const capabilities = strictCapabilities;

runIdentityProviderContract(
  "cognito on the strict server, telling who exists",
  () => startStrictHarness(),
  { capabilities, lacks },
);

runIdentityProviderContract(
  "cognito on the strict server, hiding who exists",
  () => startStrictHarness({ hidesUsers: true, authFlow: "USER_PASSWORD_AUTH" }),
  { capabilities, lacks },
);

runIdentityProviderContract(
  "cognito on the strict server, replacing refresh tokens",
  () => startStrictHarness({ rotationGraceSeconds: 60 }),
  { capabilities, lacks: { hashing } },
);

runIdentityProviderContract(
  "cognito on the strict server, refreshing by user name",
  () => startStrictHarness({ refreshFlow: "REFRESH_TOKEN_AUTH" }),
  { capabilities, lacks },
);

runIdentityProviderContract(
  "cognito on the strict server, proving passwords by SRP",
  () => startStrictHarness({ authFlow: "USER_SRP_AUTH" }),
  { capabilities, lacks },
);

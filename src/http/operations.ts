import type { Operations } from "./operation.ts";
import { adminAccountOperations } from "./routes/admin-accounts.ts";
import { adminEventOperations } from "./routes/admin-events.ts";
import { adminGroupOperations } from "./routes/admin-groups.ts";
import { adminUserOperations } from "./routes/admin-users.ts";
import { capabilityOperations } from "./routes/capabilities.ts";
import { metricsOperations } from "./routes/metrics.ts";
import { passkeyOperations } from "./routes/passkeys.ts";
import { passwordOperations } from "./routes/passwords.ts";
import { profileOperations } from "./routes/profile.ts";
import { registrationOperations } from "./routes/registration.ts";
import { resourceOperations } from "./routes/resource.ts";
import { secondFactorOperations } from "./routes/second-factors.ts";
import { serviceOperations } from "./routes/service.ts";
import { sessionOperations } from "./routes/sessions.ts";
import { signInOperations } from "./routes/sign-in.ts";

/** The whole contract, by operationId. */
export const operations = {
  ...registrationOperations,
  ...signInOperations,
  ...sessionOperations,
  ...passwordOperations,
  ...profileOperations,
  ...secondFactorOperations,
  ...passkeyOperations,
  ...adminUserOperations,
  ...adminAccountOperations,
  ...adminGroupOperations,
  ...adminEventOperations,
  ...resourceOperations,
  ...capabilityOperations,
  ...serviceOperations,
  ...metricsOperations,
} as const satisfies Operations;

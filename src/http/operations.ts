import type { Operations } from "./operation.ts";
import { passwordOperations } from "./routes/passwords.ts";
import { profileOperations } from "./routes/profile.ts";
import { registrationOperations } from "./routes/registration.ts";
import { serviceOperations } from "./routes/service.ts";
import { sessionOperations } from "./routes/sessions.ts";

/** The whole contract, by operationId. */
export const operations = {
  ...registrationOperations,
  ...sessionOperations,
  ...passwordOperations,
  ...profileOperations,
  ...serviceOperations,
} as const satisfies Operations;

import { administrationOperations } from "./admin-create-user.ts";
import { authEventOperations } from "./auth-event.ts";
import { deviceOperations } from "./device.ts";
import { tokenOperations } from "./get-tokens-from-refresh-token.ts";
import { groupOperations } from "./group.ts";
import { authenticationOperations } from "./initiate-auth.ts";
import type { Operation } from "./operation.ts";
import { passwordOperations } from "./password.ts";
import { poolOperations } from "./pool/user-pool.ts";
import { clientOperations } from "./pool/user-pool-client.ts";
import { clientSecretOperations } from "./pool/user-pool-client-secret.ts";
import { challengeOperations } from "./respond-to-auth-challenge.ts";
import { signUpOperations } from "./sign-up.ts";
import { mfaOperations } from "./software-token.ts";
import { adminUserOperations } from "./user.ts";
import { profileOperations } from "./user-attribute.ts";
import { authFactorOperations } from "./user-auth-factors.ts";
import { sessionOperations } from "./user-session.ts";
import { passkeyOperations } from "./web-authn.ts";

/** Every operation that the server has, by name. */
export const operations: ReadonlyMap<string, Operation> = new Map(
  Object.entries({
    ...poolOperations,
    ...clientOperations,
    ...clientSecretOperations,
    ...signUpOperations,
    ...authenticationOperations,
    ...tokenOperations,
    ...passwordOperations,
    ...profileOperations,
    ...adminUserOperations,
    ...administrationOperations,
    ...groupOperations,
    ...challengeOperations,
    ...mfaOperations,
    ...sessionOperations,
    ...passkeyOperations,
    ...deviceOperations,
    ...authFactorOperations,
    ...authEventOperations,
  }),
);

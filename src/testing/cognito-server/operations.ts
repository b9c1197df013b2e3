import { administrationOperations } from "./operations/admin-create-user.ts";
import { authEventOperations } from "./operations/auth-event.ts";
import { deviceOperations } from "./operations/device.ts";
import { tokenOperations } from "./operations/get-tokens-from-refresh-token.ts";
import { groupOperations } from "./operations/group.ts";
import { authenticationOperations } from "./operations/initiate-auth.ts";
import type { Operation } from "./operations/operation.ts";
import { passwordOperations } from "./operations/password.ts";
import { poolOperations } from "./operations/pool/user-pool.ts";
import { clientOperations } from "./operations/pool/user-pool-client.ts";
import { clientSecretOperations } from "./operations/pool/user-pool-client-secret.ts";
import { challengeOperations } from "./operations/respond-to-auth-challenge.ts";
import { signUpOperations } from "./operations/sign-up.ts";
import { mfaOperations } from "./operations/software-token.ts";
import { adminUserOperations } from "./operations/user.ts";
import { profileOperations } from "./operations/user-attribute.ts";
import { authFactorOperations } from "./operations/user-auth-factors.ts";
import { sessionOperations } from "./operations/user-session.ts";
import { passkeyOperations } from "./operations/web-authn.ts";

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

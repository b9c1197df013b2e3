import type { Operation } from "./operation.ts";
import { adminUserOperations } from "./operations/admin-users.ts";
import { administrationOperations } from "./operations/administration.ts";
import { authEventOperations } from "./operations/auth-events.ts";
import { authFactorOperations } from "./operations/auth-factors.ts";
import { authenticationOperations } from "./operations/authentication.ts";
import { challengeOperations } from "./operations/challenges.ts";
import { clientSecretOperations } from "./operations/client-secrets.ts";
import { clientOperations } from "./operations/clients.ts";
import { deviceOperations } from "./operations/devices.ts";
import { groupOperations } from "./operations/groups.ts";
import { mfaOperations } from "./operations/mfa.ts";
import { passkeyOperations } from "./operations/passkeys.ts";
import { passwordOperations } from "./operations/passwords.ts";
import { identityProviderOperations } from "./operations/pool/identity-provider.ts";
import { resourceServerOperations } from "./operations/pool/resource-server.ts";
import { tagOperations } from "./operations/pool/tag.ts";
import { userPoolDomainOperations } from "./operations/pool/user-pool-domain.ts";
import { poolOperations } from "./operations/pools.ts";
import { profileOperations } from "./operations/profile.ts";
import { sessionOperations } from "./operations/sessions.ts";
import { signUpOperations } from "./operations/sign-up.ts";
import { tokenOperations } from "./operations/tokens.ts";

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
    ...userPoolDomainOperations,
    ...resourceServerOperations,
    ...identityProviderOperations,
    ...tagOperations,
  }),
);

import { adminCreateUserOperations } from "./operations/admin-create-user.ts";
import { authEventOperations } from "./operations/auth-event.ts";
import { deviceOperations } from "./operations/device.ts";
import { getTokensFromRefreshTokenOperations } from "./operations/get-tokens-from-refresh-token.ts";
import { globalSignOutOperations } from "./operations/global-sign-out.ts";
import { groupOperations } from "./operations/group.ts";
import { initiateAuthOperations } from "./operations/initiate-auth.ts";
import type { WireOperation } from "./operations/operation.ts";
import { passwordOperations } from "./operations/password.ts";
import { customAttributesOperations } from "./operations/pool/custom-attributes.ts";
import { identityProviderOperations } from "./operations/pool/identity-provider.ts";
import { resourceServerOperations } from "./operations/pool/resource-server.ts";
import { tagOperations } from "./operations/pool/tag.ts";
import { userPoolOperations } from "./operations/pool/user-pool.ts";
import { userPoolClientOperations } from "./operations/pool/user-pool-client.ts";
import { userPoolClientSecretOperations } from "./operations/pool/user-pool-client-secret.ts";
import { userPoolDomainOperations } from "./operations/pool/user-pool-domain.ts";
import { resendConfirmationCodeOperations } from "./operations/resend-confirmation-code.ts";
import { respondToAuthChallengeOperations } from "./operations/respond-to-auth-challenge.ts";
import { revokeTokenOperations } from "./operations/revoke-token.ts";
import { signUpOperations } from "./operations/sign-up.ts";
import { softwareTokenOperations } from "./operations/software-token.ts";
import { userOperations } from "./operations/user.ts";
import { userAttributeOperations } from "./operations/user-attribute.ts";
import { userAuthFactorsOperations } from "./operations/user-auth-factors.ts";
import { userMfaPreferenceOperations } from "./operations/user-mfa-preference.ts";
import { userSessionOperations } from "./operations/user-session.ts";
import { userSettingsOperations } from "./operations/user-settings.ts";
import { webAuthnOperations } from "./operations/web-authn.ts";

/** Every operation that the server has, by name. Each is in the file that is named by the longest part of its name. */
export const operations: ReadonlyMap<string, WireOperation> = new Map(
  Object.entries({
    ...adminCreateUserOperations,
    ...authEventOperations,
    ...deviceOperations,
    ...getTokensFromRefreshTokenOperations,
    ...globalSignOutOperations,
    ...groupOperations,
    ...initiateAuthOperations,
    ...passwordOperations,
    ...customAttributesOperations,
    ...identityProviderOperations,
    ...resourceServerOperations,
    ...tagOperations,
    ...userPoolClientSecretOperations,
    ...userPoolClientOperations,
    ...userPoolDomainOperations,
    ...userPoolOperations,
    ...resendConfirmationCodeOperations,
    ...respondToAuthChallengeOperations,
    ...revokeTokenOperations,
    ...signUpOperations,
    ...softwareTokenOperations,
    ...userAttributeOperations,
    ...userAuthFactorsOperations,
    ...userMfaPreferenceOperations,
    ...userSessionOperations,
    ...userOperations,
    ...userSettingsOperations,
    ...webAuthnOperations,
  }),
);

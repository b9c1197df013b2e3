import { betterAuthFromEnv } from "./better-auth/index.ts";
import { cognitoFromEnv } from "./cognito/index.ts";
import { ldapFromEnv } from "./ldap/index.ts";
import { memoryFromEnv } from "./memory/index.ts";
import type { ProviderModule } from "./shared/settings.ts";

/** Every identity provider that `IDENTITY_PROVIDER` can name: one line each. */
export const providers = {
  memory: memoryFromEnv,
  cognito: cognitoFromEnv,
  "better-auth": betterAuthFromEnv,
  ldap: ldapFromEnv,
} satisfies Record<string, ProviderModule>;

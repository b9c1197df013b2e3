import { commonPasswords, passwordRanges } from "./compromised-passwords/index.ts";
import type { PasswordListModule } from "./shared/settings.ts";

/** Every list that `COMPROMISED_PASSWORDS` can name: one line each. */
export const passwordLists = {
  common: commonPasswords,
  range: passwordRanges,
} satisfies Record<string, PasswordListModule>;

import { IdentityError } from "../../../domain/errors.ts";
import type { MfaPreferences, SecondFactors } from "../../../ports/index.ts";
import { newTotpSecret } from "../../shared/totp.ts";
import type { Engine } from "../engine.ts";
import { invalid, refused } from "../errors.ts";
import { replaceRecoveryCodes } from "../factors/recovery-codes.ts";
import { availableMethods } from "../factors/second-factor-methods.ts";
import { withTotp } from "../factors/totp.ts";
import type { UserAccount } from "../tokens/signed-in-accounts.ts";
import type { User } from "../users/user.ts";

/** Makes the part of the second factors facet that every second factor needs. */
export function createSecondFactors(
  engine: Engine,
): Pick<SecondFactors, "getMfa" | "setMfa" | "createRecoveryCodes"> {
  const { onSignedInAccount } = engine;
  return {
    getMfa: ({ accessToken }) =>
      onSignedInAccount(accessToken, async ({ user: { mfa, recoveryCodes } }) => ({
        ...mfa,
        recoveryCodesLeft: recoveryCodes.length,
      })),
    setMfa: ({ accessToken, ...preferences }) =>
      onSignedInAccount(accessToken, async (account) => setMfa(engine, account, preferences)),
    createRecoveryCodes: ({ accessToken }) =>
      onSignedInAccount(accessToken, ({ user }) => replaceRecoveryCodes(engine, user)),
  };
}

/** Makes the part of the second factors facet that is about authenticator apps. */
export function createAuthenticatorApps(
  engine: Engine,
): Pick<SecondFactors, "startTotp" | "confirmTotp"> {
  const { onSignedInAccount, settings, users } = engine;
  return {
    startTotp: ({ accessToken }) =>
      onSignedInAccount(accessToken, async ({ user }) => {
        const secret = newTotpSecret(settings.randomBytes);
        await settings.pause();
        users.put({ ...user, newTotpSecret: secret });
        return { secret };
      }),

    confirmTotp: ({ accessToken, code, deviceName }) =>
      onSignedInAccount(accessToken, async ({ user }) => {
        const { newTotpSecret: secret } = user;
        if (secret === undefined) throw refused("code_mismatch", "no_code");
        users.put(await withTotp(engine, user, { secret, code, deviceName }));
      }),
  };
}

/** The second factors of a user who has none. */
export const withoutSecondFactors = {
  mfa: { enabled: [] },
  totp: undefined,
  newTotpSecret: undefined,
  recoveryCodes: [],
} satisfies Partial<User>;

/** Replaces the preferences of a user, as `SecondFactors.setMfa` does. */
export function setMfa(
  { settings, users }: Engine,
  { user }: UserAccount,
  { enabled, preferred }: MfaPreferences,
): void {
  const available = availableMethods(user, settings);
  const isLeftBare = enabled.length === 0 && settings.mfa === "required";
  if (isLeftBare || !enabled.every((method) => available.includes(method)))
    throw new IdentityError("mfa_not_available");
  if (preferred !== undefined && !enabled.includes(preferred))
    throw invalid(["preferred"], "not_enabled");
  const mfa = { enabled: [...new Set(enabled)], ...(preferred !== undefined && { preferred }) };
  users.put({ ...user, mfa, ...(enabled.length === 0 && { recoveryCodes: [] }) });
}

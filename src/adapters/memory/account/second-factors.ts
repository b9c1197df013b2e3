import { IdentityError } from "../../../domain/errors.ts";
import type { MfaPreferences, SecondFactors } from "../../../ports/index.ts";
import { newTotpSecret } from "../../shared/totp.ts";
import type { Engine } from "../engine.ts";
import { invalid, refused } from "../errors.ts";
import { availableMethods } from "../factors/second-factor-methods.ts";
import { withTotp } from "../sign-in/mfa-setup.ts";
import type { UserAccount } from "../tokens/callers.ts";

/** Makes the second factors facet of the port. */
export function createSecondFactors(engine: Engine): SecondFactors {
  const { asCaller, settings, users } = engine;
  return {
    getMfa: ({ accessToken }) =>
      asCaller(accessToken, async ({ user }) => {
        requireMfa(engine);
        return user.mfa;
      }),

    startTotp: ({ accessToken }) =>
      asCaller(accessToken, async ({ user }) => {
        requireTotp(engine);
        const secret = newTotpSecret(settings.randomBytes);
        await settings.pause();
        users.put({ ...user, newTotpSecret: secret });
        return { secret };
      }),

    confirmTotp: ({ accessToken, code, deviceName }) =>
      asCaller(accessToken, async ({ user }) => {
        requireTotp(engine);
        const { newTotpSecret: secret } = user;
        if (secret === undefined) throw refused("code_mismatch", "no_code");
        users.put(await withTotp(engine, user, { secret, code, deviceName }));
      }),

    setMfa: ({ accessToken, ...preferences }) =>
      asCaller(accessToken, async (account) => {
        requireMfa(engine);
        setMfa(engine, account, preferences);
      }),
  };
}

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
  users.put({ ...user, mfa });
}

function requireMfa({ settings }: Engine): void {
  if (settings.mfa === "off") throw new IdentityError("not_supported");
}

function requireTotp(engine: Engine): void {
  requireMfa(engine);
  if (!engine.settings.mfaMethods.includes("totp")) throw new IdentityError("not_supported");
}

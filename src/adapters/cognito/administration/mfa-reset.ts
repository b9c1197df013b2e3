import { isIdentityError } from "../../../domain/errors.ts";
import { readPreferences, writePreferences } from "../account/second-factors.ts";
import type { AppClient } from "../wire/app-client.ts";

/**
 * Takes a user's second factors away. The authenticator app goes first, as its codes are what may be in wrong hands; after
 * that the preferences, its own among them, as nothing documents that they go with it.
 *
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminDeleteSoftwareToken.html
 * @see https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserMFAPreference.html
 */
export async function resetMfa(
  app: AppClient,
  user: { readonly UserPoolId: string; readonly Username: string },
  { hasAuthenticatorApps }: { readonly hasAuthenticatorApps: boolean },
): Promise<void> {
  const method = "resetMfa";
  const { enabled } = readPreferences(await app.call(method, "AdminGetUser", user));
  if (hasAuthenticatorApps) {
    // Whoever has yet to confirm the sign-up has no app, and neither has a user of whom Cognito says so.
    const remove = app.call(method, "AdminDeleteSoftwareToken", user);
    await unless(remove, ["user_not_confirmed", "mfa_not_available"]);
  }
  if (enabled.length === 0) return;
  const off = writePreferences({ enabled: [] }, enabled);
  const switchOff = app.call(method, "AdminSetUserMFAPreference", { ...user, ...off });
  // A pool where everyone must have one may hold on to a last one that is gone.
  await unless(switchOff, enabled.every((name) => name === "totp") ? ["mfa_not_available"] : []);
}

async function unless(
  work: Promise<unknown>,
  codes: readonly ("user_not_confirmed" | "mfa_not_available")[],
): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (codes.length === 0 || !isIdentityError(error, ...codes)) throw error;
  }
}

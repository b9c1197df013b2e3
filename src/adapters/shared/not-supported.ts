import { IdentityError } from "../../domain/errors.ts";
import type { IdentityProvider } from "../../ports/index.ts";

/** The part that every provider has. */
type Core = Pick<IdentityProvider, "capabilities" | "signIn" | "refresh">;

/** The part that a provider can be without. */
type Rest = Omit<IdentityProvider, keyof Core | "clock" | "setUp">;

/**
 * Completes an identity provider of the methods that it has: each of the others throws `not_supported`. What it has of
 * them, its capabilities say.
 *
 * @example
 * const identity = completeIdentityProvider({ capabilities: new Set(), signIn, refresh });
 */
export function completeIdentityProvider(
  part: Core & Partial<Rest> & Pick<IdentityProvider, "clock" | "setUp">,
): IdentityProvider {
  return { ...nothing, ...part };
}

/** Refuses a call of a method that the provider, set up as it is, does not have. */
export async function notSupported(): Promise<never> {
  throw new IdentityError("not_supported");
}

/** The methods of a provider that has none of them. */
const nothing: Rest = {
  signUp: notSupported,
  confirmSignUp: notSupported,
  resendConfirmation: notSupported,

  answerChallenge: notSupported,
  resendChallengeCode: notSupported,
  signOut: notSupported,
  signOutEverywhere: notSupported,
  listSessions: notSupported,
  endSession: notSupported,

  startPasswordReset: notSupported,
  resetPassword: notSupported,
  changePassword: notSupported,

  getProfile: notSupported,
  updateAttributes: notSupported,
  startAttributeVerification: notSupported,
  confirmAttribute: notSupported,
  deleteAccount: notSupported,

  getMfa: notSupported,
  startTotp: notSupported,
  confirmTotp: notSupported,
  setMfa: notSupported,
  createRecoveryCodes: notSupported,

  startPasskeyRegistration: notSupported,
  finishPasskeyRegistration: notSupported,
  listPasskeys: notSupported,
  deletePasskey: notSupported,

  listUsers: notSupported,
  getUser: notSupported,
  createUser: notSupported,
  resendInvitation: notSupported,
  updateUser: notSupported,
  deleteUser: notSupported,
  confirmUser: notSupported,
  disableUser: notSupported,
  enableUser: notSupported,
  requirePasswordReset: notSupported,
  setPassword: notSupported,
  signOutUser: notSupported,
  resetMfa: notSupported,
  listUserGroups: notSupported,
  addToGroup: notSupported,
  removeFromGroup: notSupported,
};

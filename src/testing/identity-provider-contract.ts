import { accessTokenCases } from "./identity-provider/access-tokens.ts";
import { accountControlCases } from "./identity-provider/account-control.ts";
import { accountStateCases } from "./identity-provider/account-states.ts";
import { administrationCases } from "./identity-provider/administration.ts";
import { approvalCases } from "./identity-provider/approval.ts";
import { attributeVerificationCases } from "./identity-provider/attribute-verification.ts";
import { attributeCases } from "./identity-provider/attributes.ts";
import { capabilityCases } from "./identity-provider/capabilities.ts";
import { challengeCases } from "./identity-provider/challenges.ts";
import { codeSignInCases } from "./identity-provider/code-sign-in.ts";
import { concurrencyCases } from "./identity-provider/concurrency.ts";
import { confirmationCases } from "./identity-provider/confirmation.ts";
import { confirmationResendCases } from "./identity-provider/confirmation-resend.ts";
import { customChallengeCases } from "./identity-provider/custom-challenges.ts";
import { disclosureCases } from "./identity-provider/disclosure.ts";
import { factorChoiceCases } from "./identity-provider/factor-choice.ts";
import { firstPasswordCases } from "./identity-provider/first-password.ts";
import { groupCases } from "./identity-provider/groups.ts";
import { invitationCases } from "./identity-provider/invitations.ts";
import { mfaChoiceCases } from "./identity-provider/mfa-choice.ts";
import { passkeySignInCases } from "./identity-provider/passkey-sign-in.ts";
import { passkeyCases } from "./identity-provider/passkeys.ts";
import { passwordChangeCases } from "./identity-provider/password-change.ts";
import { passwordResetCases } from "./identity-provider/password-reset.ts";
import { passwordResetRequestCases } from "./identity-provider/password-reset-request.ts";
import { profileCases } from "./identity-provider/profiles.ts";
import { refreshCases } from "./identity-provider/refresh.ts";
import { secondFactorCases } from "./identity-provider/second-factors.ts";
import { sessionListCases } from "./identity-provider/session-list.ts";
import { sessionRaceCases } from "./identity-provider/session-races.ts";
import { signInCases } from "./identity-provider/sign-in.ts";
import { signOutCases } from "./identity-provider/sign-out.ts";
import { signUpCases } from "./identity-provider/sign-up.ts";
import { tokenCases } from "./identity-provider/tokens.ts";
import { userListingCases } from "./identity-provider/user-listing.ts";

/**
 * The promises of the `IdentityProvider` port, and of the tokens and keys that go with it, each as a case.
 *
 * Left out is what a harness cannot bring about: a back end that is down or set up otherwise, and whether an unknown
 * user name takes as long as a wrong password.
 *
 * @example
 * for (const { name, run } of identityProviderContract) test(name, () => run(harness));
 */
export const identityProviderContract = [
  ...signUpCases,
  ...confirmationCases,
  ...confirmationResendCases,
  ...signInCases,
  ...challengeCases,
  ...codeSignInCases,
  ...factorChoiceCases,
  ...firstPasswordCases,
  ...customChallengeCases,
  ...refreshCases,
  ...signOutCases,
  ...passwordResetRequestCases,
  ...sessionListCases,
  ...passwordResetCases,
  ...passwordChangeCases,
  ...profileCases,
  ...attributeCases,
  ...attributeVerificationCases,
  ...secondFactorCases,
  ...mfaChoiceCases,
  ...passkeyCases,
  ...passkeySignInCases,
  ...accountStateCases,
  ...administrationCases,
  ...accountControlCases,
  ...invitationCases,
  ...userListingCases,
  ...groupCases,
  ...approvalCases,
  ...capabilityCases,
  ...accessTokenCases,
  ...tokenCases,
  ...disclosureCases,
  ...concurrencyCases,
  ...sessionRaceCases,
] as const;

/** The name of a case of {@link identityProviderContract}. */
export type IdentityProviderCaseName = (typeof identityProviderContract)[number]["name"];

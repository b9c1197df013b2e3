import { addressLimitCases } from "./account/address-limits.ts";
import { attributeVerificationCases } from "./account/attribute-verification.ts";
import { attributeCases } from "./account/attributes.ts";
import { passkeyCases } from "./account/passkeys.ts";
import { passwordChangeCases } from "./account/password-change.ts";
import { passwordResetCases } from "./account/password-reset.ts";
import { passwordResetRequestCases } from "./account/password-reset-request.ts";
import { profileCases } from "./account/profiles.ts";
import { recoveryCodeCases } from "./account/recovery-codes.ts";
import { secondFactorCases } from "./account/second-factors.ts";
import { accountControlCases } from "./administration/account-control.ts";
import { administrationCases } from "./administration/administration.ts";
import { factorResetCases } from "./administration/factor-resets.ts";
import { groupCases } from "./administration/groups.ts";
import { invitationCases } from "./administration/invitations.ts";
import { userListingCases } from "./administration/user-listing.ts";
import { capabilityCases } from "./capabilities.ts";
import { accountStateCases } from "./registration/account-states.ts";
import { approvalCases } from "./registration/approval.ts";
import { confirmationCases } from "./registration/confirmation.ts";
import { confirmationResendCases } from "./registration/confirmation-resend.ts";
import { disclosureCases } from "./registration/disclosure.ts";
import { passwordTextCases } from "./registration/password-text.ts";
import { setUpCases } from "./registration/set-up.ts";
import { signUpCases } from "./registration/sign-up.ts";
import { squatterCases } from "./registration/squatters.ts";
import { accessTokenCases } from "./sessions/access-tokens.ts";
import { concurrencyCases } from "./sessions/concurrency.ts";
import { endedSessionCases } from "./sessions/ended-sessions.ts";
import { refreshCases } from "./sessions/refresh.ts";
import { sessionListCases } from "./sessions/session-list.ts";
import { sessionPageCases } from "./sessions/session-pages.ts";
import { sessionRaceCases } from "./sessions/session-races.ts";
import { signOutCases } from "./sessions/sign-out.ts";
import { tokenCases } from "./sessions/token-verification.ts";
import { challengeCases } from "./sign-in/challenge-cases.ts";
import { codeResendCases } from "./sign-in/code-resend.ts";
import { codeSignInCases } from "./sign-in/code-sign-in.ts";
import { customChallengeCases } from "./sign-in/custom-challenges.ts";
import { factorChoiceCases } from "./sign-in/factor-choice.ts";
import { firstPasswordCases } from "./sign-in/first-password.ts";
import { hashingCases } from "./sign-in/hashing.ts";
import { mfaChoiceCases } from "./sign-in/mfa-choice.ts";
import { passkeySignInCases } from "./sign-in/passkey-sign-in.ts";
import { signInCases } from "./sign-in/sign-in.ts";

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
  ...sessionPageCases,
  ...passwordResetCases,
  ...passwordChangeCases,
  ...profileCases,
  ...attributeCases,
  ...attributeVerificationCases,
  ...secondFactorCases,
  ...mfaChoiceCases,
  ...recoveryCodeCases,
  ...passkeyCases,
  ...passkeySignInCases,
  ...accountStateCases,
  ...administrationCases,
  ...accountControlCases,
  ...factorResetCases,
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
  ...endedSessionCases,
  ...squatterCases,
  ...codeResendCases,
  ...passwordTextCases,
  ...setUpCases,
  ...addressLimitCases,
  ...hashingCases,
] as const;

/** The name of a case of {@link identityProviderContract}. */
export type IdentityProviderCaseName = (typeof identityProviderContract)[number]["name"];

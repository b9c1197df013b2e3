import { accessTokenCases } from "./identity-provider/access-tokens.ts";
import { accountStateCases } from "./identity-provider/account-states.ts";
import { concurrencyCases } from "./identity-provider/concurrency.ts";
import { confirmationCases } from "./identity-provider/confirmation.ts";
import { confirmationResendCases } from "./identity-provider/confirmation-resend.ts";
import { disclosureCases } from "./identity-provider/disclosure.ts";
import { passwordChangeCases } from "./identity-provider/password-change.ts";
import { passwordResetCases } from "./identity-provider/password-reset.ts";
import { passwordResetRequestCases } from "./identity-provider/password-reset-request.ts";
import { profileCases } from "./identity-provider/profiles.ts";
import { refreshCases } from "./identity-provider/refresh.ts";
import { sessionRaceCases } from "./identity-provider/session-races.ts";
import { signInCases } from "./identity-provider/sign-in.ts";
import { signOutCases } from "./identity-provider/sign-out.ts";
import { signUpCases } from "./identity-provider/sign-up.ts";
import { tokenCases } from "./identity-provider/tokens.ts";

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
  ...refreshCases,
  ...signOutCases,
  ...passwordResetRequestCases,
  ...passwordResetCases,
  ...passwordChangeCases,
  ...profileCases,
  ...accountStateCases,
  ...accessTokenCases,
  ...tokenCases,
  ...disclosureCases,
  ...concurrencyCases,
  ...sessionRaceCases,
] as const;

/** The name of a case of {@link identityProviderContract}. */
export type IdentityProviderCaseName = (typeof identityProviderContract)[number]["name"];

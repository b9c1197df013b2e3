import type { IdentityProviderCaseName } from "../../../src/testing/index.ts";
import { brokenAccounts } from "./account/accounts.ts";
import { brokenAttributes } from "./account/attributes.ts";
import { brokenFactorSetUps } from "./account/factor-set-ups.ts";
import { brokenPasskeys } from "./account/passkeys.ts";
import { brokenPasswordResetRequests } from "./account/password-reset-requests.ts";
import { brokenPasswordResets } from "./account/password-resets.ts";
import { brokenPasswords } from "./account/passwords.ts";
import { brokenProfiles } from "./account/profiles.ts";
import { brokenRecoveryCodes } from "./account/recovery-codes.ts";
import { brokenSecondFactors } from "./account/second-factors.ts";
import { brokenVerification } from "./account/verification.ts";
import { brokenAccountControl } from "./administration/account-control.ts";
import { brokenAdministration } from "./administration/administration.ts";
import { brokenFactorResets } from "./administration/factor-resets.ts";
import { brokenInvitations } from "./administration/invitations.ts";
import { brokenGroups, brokenUserListings } from "./administration/user-listings.ts";
import type { BrokenProvider } from "./broken-provider.ts";
import { brokenCapabilities } from "./capabilities.ts";
import { brokenConfirmations } from "./registration/confirmations.ts";
import { brokenDisclosure } from "./registration/disclosure.ts";
import { brokenRegistration } from "./registration/registration.ts";
import { brokenSetUps } from "./registration/set-ups.ts";
import { brokenSignUps } from "./registration/sign-ups.ts";
import { brokenAccessTokens } from "./sessions/access-tokens.ts";
import { brokenConcurrency } from "./sessions/concurrency.ts";
import { brokenEndedSessions } from "./sessions/ended-sessions.ts";
import { brokenRefreshes } from "./sessions/refreshes.ts";
import { brokenSessionEnds } from "./sessions/session-ends.ts";
import { brokenSessionList } from "./sessions/session-list.ts";
import { brokenSessionPages } from "./sessions/session-pages.ts";
import { brokenSessions } from "./sessions/sessions.ts";
import { brokenTokens } from "./sessions/tokens.ts";
import { brokenChallengeKinds } from "./sign-in/challenge-kinds.ts";
import { brokenChallenges } from "./sign-in/challenges.ts";
import { brokenCodeResends } from "./sign-in/code-resends.ts";
import { brokenCodeSignIns } from "./sign-in/code-sign-ins.ts";
import { brokenFirstPasswords } from "./sign-in/first-passwords.ts";
import { brokenHashing } from "./sign-in/hashing.ts";
import { brokenSignInWays } from "./sign-in/sign-in-ways.ts";
import { brokenSignIns } from "./sign-in/sign-ins.ts";

/** Every broken provider. */
export const brokenProviders: readonly BrokenProvider[] = [
  ...brokenAccounts,
  ...brokenAttributes,
  ...brokenFactorSetUps,
  ...brokenPasskeys,
  ...brokenPasswordResetRequests,
  ...brokenPasswordResets,
  ...brokenPasswords,
  ...brokenProfiles,
  ...brokenRecoveryCodes,
  ...brokenSecondFactors,
  ...brokenVerification,
  ...brokenAccountControl,
  ...brokenAdministration,
  ...brokenFactorResets,
  ...brokenInvitations,
  ...brokenGroups,
  ...brokenUserListings,
  ...brokenCapabilities,
  ...brokenConfirmations,
  ...brokenDisclosure,
  ...brokenRegistration,
  ...brokenSetUps,
  ...brokenSignUps,
  ...brokenAccessTokens,
  ...brokenConcurrency,
  ...brokenEndedSessions,
  ...brokenRefreshes,
  ...brokenSessionEnds,
  ...brokenSessionList,
  ...brokenSessionPages,
  ...brokenSessions,
  ...brokenTokens,
  ...brokenChallengeKinds,
  ...brokenChallenges,
  ...brokenCodeResends,
  ...brokenCodeSignIns,
  ...brokenFirstPasswords,
  ...brokenHashing,
  ...brokenSignInWays,
  ...brokenSignIns,
];

/** The cases that no broken provider fails, by the reason why there can be none. */
export const uncaught: Readonly<Record<string, readonly IdentityProviderCaseName[]>> = {};

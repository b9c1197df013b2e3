import type { IdentityProviderCaseName } from "../../src/testing/index.ts";

type Gaps = Partial<Record<IdentityProviderCaseName, string>>;

const noSignature = "cognito-local does not verify access tokens";
const idTokenUnknown = "cognito-local answers ResourceNotFound for an ID token";
const noRevocation = "cognito-local's RevokeToken leaves access tokens alive";
const noPolicy = "cognito-local holds no password against the pool's policy";
const noFormat = "cognito-local takes any text for an address";
const unmasked = "cognito-local tells addresses in full";
const silentDelivery =
  "cognito-local's GetUserAttributeVerificationCode does not say where the code went";
const noLimits = "cognito-local counts neither codes nor guesses";
const noForcedReset = "cognito-local lacks AdminResetUserPassword";
const noAdminSignOut = "cognito-local lacks AdminUserGlobalSignOut";
const noGlobalSignOut = "cognito-local lacks GlobalSignOut";
const noResending = "cognito-local sends no invitation again";
const noPages = "cognito-local's ListUsers knows no pages";
const anySession = "cognito-local takes a challenge's session any number of times";
const playsAlong = "cognito-local resets the password of a user who has yet to choose one";
const noChallenge = "cognito-local's AdminInitiateAuth gives tokens in place of the challenge";

/** Where cognito-local falls short in what users do with their accounts and administrators with users. */
export const accountGaps: Gaps = {
  "access tokens: updateAttributes refuses an ID token": idTokenUnknown,
  "access tokens: updateAttributes refuses a refresh token": noSignature,
  "access tokens: updateAttributes refuses a token that nobody signed": noSignature,
  "access tokens: updateAttributes refuses a token whose session has ended": noRevocation,
  "access tokens: startAttributeVerification refuses an ID token": idTokenUnknown,
  "access tokens: startAttributeVerification refuses a refresh token": noSignature,
  "access tokens: startAttributeVerification refuses a token that nobody signed": noSignature,
  "access tokens: startAttributeVerification refuses a token whose session has ended": noRevocation,
  "access tokens: confirmAttribute refuses an ID token": idTokenUnknown,
  "access tokens: confirmAttribute refuses a refresh token": noSignature,
  "access tokens: confirmAttribute refuses a token that nobody signed": noSignature,
  "access tokens: confirmAttribute refuses a token whose session has ended": noRevocation,

  "administration: demands a reset, for which it sends the code": noForcedReset,
  "administration: demands no reset of a user whose address is not proven": noForcedReset,
  "administration: ends every session of a user": noAdminSignOut,
  "administration: leaves other users alone": noAdminSignOut,
  "administration: lets a disabled user do nothing":
    "cognito-local notes that a user is disabled and goes on as before",
  "administration: says who does not exist":
    "cognito-local's AdminConfirmSignUp answers NotAuthorized for an unknown user",
  "administration: sets no weak password and says which member is at fault": noPolicy,
  "administration: shows a user as they are":
    "cognito-local's ConfirmSignUp does not set email_verified",
  "groups: take nobody in that do not exist":
    "cognito-local fails inside where a group does not exist",
  "invitations: refuse a malformed address and say which member is at fault": noFormat,
  "invitations: refuse a weak temporary password and say which member is at fault": noPolicy,
  "invitations: are sent again with another password, in place of the one before": noResending,
  "invitations: are not sent to who has a password of their own, and that stays": noResending,
  "user listing: gives no more users than were asked for": noPages,
  "user listing: refuses a cursor that it never gave": noPages,
  "user listing: tells who is disabled": "cognito-local finds nobody by status",

  "attributes: do not become an address that is another account's":
    "cognito-local lets two users have one address",
  "attributes: take an address that is another account's as any other, and send a code there":
    "cognito-local proves no address before it counts",
  "attributes: of another form are refused, and it is said which": noFormat,
  "attributes: that are a new address get a code there": unmasked,
  "attributes: that callers may not set are refused, with all others":
    "cognito-local answers InvalidParameter for an attribute that is not the user's to set",
  "attributes: are left alone where no code may be sent": noLimits,
  "attributes: send only so many codes to new addresses": noLimits,
  "verification: lets codes be guessed only so often, however often an address is begun with":
    noLimits,
  "verification: makes a code worthless by sending a new one": silentDelivery,
  "verification: masks the address that a code went to": silentDelivery,
  "verification: proves no address that the user has not": silentDelivery,
  "verification: proves no attribute that is no address": silentDelivery,
  "verification: refuses a wrong code, and takes the right one after": silentDelivery,
  "verification: refuses any code where none was asked for":
    "cognito-local answers CodeMismatch where no code was sent",
  "verification: refuses even the right code after too many wrong ones": silentDelivery,
  "verification: refuses the code of another user": silentDelivery,
  "verification: sends only so many codes": silentDelivery,
  "verification: spends the code on its use": silentDelivery,
  "concurrency: counts wrong verification codes that come at once": silentDelivery,
  "concurrency: takes a verification code once of many times": silentDelivery,

  "passwords: ends every session of the user by a reset": noAdminSignOut,
  "passwords: names the user whose sessions a reset has ended": noAdminSignOut,
  "concurrency: refreshes no more once a password was reset, though refreshes were under way":
    noAdminSignOut,
  "passwords: ends every other session of the user by a change": noGlobalSignOut,
  "concurrency: refreshes no more once a password was changed elsewhere, though refreshes were under way":
    noGlobalSignOut,
  "passwords: ends no session by a change that is refused":
    "cognito-local answers InvalidPassword for a wrong previous password",

  "challenges: a password of one's own is taken by the same session after a wrong one": noPolicy,
  "challenges: a password of one's own spends the session": anySession,
  "concurrency: takes a password of one's own once of many times": anySession,
  "first password: cannot be set by a reset code in the invitation's stead": playsAlong,
};

/** What besides, where passwords are checked by AdminInitiateAuth. */
export const adminFlowGaps: Gaps = {
  "administration: sets a password for the next sign-in": noChallenge,
  "challenges: a password of one's own ends the sign-in with the user's tokens": noChallenge,
  "challenges: a password of one's own is asked for, and no other answer taken": noChallenge,
  "challenges: a password of one's own opens no session that was invented or altered": noChallenge,
  "first password: is asked for again until it was given": noChallenge,
  "first password: takes the place of the temporary one": noChallenge,
  "first password: may have a space at an end if any other may": noChallenge,
  "invitations: let the user in with the password that was chosen": noChallenge,
  "invitations: let the user in with the password that was sent": noChallenge,
};

/** What besides, where passwords are checked by InitiateAuth. */
export const publicFlowGaps: Gaps = {
  "first password: is asked for only of who knows the temporary one":
    "cognito-local's InitiateAuth does not look at a temporary password",
  "first password: may have a space at an end if any other may":
    "cognito-local does not look at the form of a password",
};

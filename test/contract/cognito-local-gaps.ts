import type { IdentityProviderCaseName, KnownLimits } from "../../src/testing/index.ts";
import { poolCapabilities } from "./cognito-capabilities.ts";
import { accountGaps, adminFlowGaps, publicFlowGaps } from "./cognito-local-account-gaps.ts";

/** Where cognito-local, and not the adapter, falls short of Cognito. */
export function cognitoLocalLimits(
  authFlow: "ADMIN_USER_PASSWORD_AUTH" | "USER_PASSWORD_AUTH",
): KnownLimits<IdentityProviderCaseName> {
  const ofFlow = authFlow === "USER_PASSWORD_AUTH" ? publicFlowGaps : adminFlowGaps;
  return { ...limits, gaps: { ...limits.gaps, ...accountGaps, ...ofFlow } };
}

const unmasked = "cognito-local tells addresses in full";
const noPolicy = "cognito-local holds no password against the pool's policy";
const noFormat = "cognito-local takes any text for an e-mail address";
const allWritable = "cognito-local lets users set every attribute";
const proofForgotten = "cognito-local's ConfirmSignUp does not set email_verified";
const proofNotNeeded = "cognito-local sends reset codes to addresses that were never proven";
const confirmedIsExpired = "cognito-local answers ExpiredCode for a user who is confirmed";
const neverExpired = "cognito-local answers CodeMismatch where no code was sent";
const wrongIsWeak = "cognito-local answers InvalidPassword for a wrong previous password";
const oneCode = "cognito-local has no way to tell a code but to send the same one to all";
const oneField = "cognito-local keeps one code per user, whatever it is for";
const noLimits = "cognito-local counts no attempts";
const noResend = "cognito-local lacks ResendConfirmationCode";
const noGlobalSignOut = "cognito-local lacks GlobalSignOut";
const noRevocation = "cognito-local's RevokeToken leaves access tokens alive";
const anyTokenType = "cognito-local's RevokeToken does not tell kinds of tokens apart";
const noSignature = "cognito-local does not verify access tokens";
const idTokenUnknown = "cognito-local answers ResourceNotFound for an ID token";
const deletedUnknown = "cognito-local's DeleteUser does not say that the user is gone";

const limits: KnownLimits<IdentityProviderCaseName> = {
  // The adapter is set up for no more here: cognito-local lets challenges be answered without their session.
  capabilities: [...poolCapabilities, "administration", "groups"],
  lacks: {
    authenticator: "cognito-local has no passkeys",
    customChallenge: "cognito-local lacks CUSTOM_AUTH",
    groups: "cognito-local finds a user's groups by the subject only",
    requiredAttribute: "cognito-local asks for no attributes with a first password",
    requiredMfa: "cognito-local lacks MFA_SETUP",
    spellings: "cognito-local takes two ways to write a name for two names",
    signUpApproval: "cognito-local confirms every sign-up by the same code",
    clock: "cognito-local goes by the time of its process",
    deliveries: "cognito-local keeps no record of what it sent",
    deliveryFaults: "cognito-local sends nothing that could fail",
    disabling: "cognito-local notes that a user is disabled and goes on as before",
    forcedReset: "cognito-local lacks AdminResetUserPassword",
    hashing: "cognito-local keeps passwords as they are",
    rotation: "cognito-local drops RefreshTokenRotation",
  },
  gaps: {
    "registration: masks the address that a code went to": unmasked,
    "registration: refuses a weak password and says which member is at fault": noPolicy,
    "registration: refuses a malformed e-mail address and says which member is at fault": noFormat,
    "registration: lets nobody choose a subject": allWritable,
    "registration: lets nobody declare an address proven": allWritable,
    "registration: refuses a weak password before it looks at whether the name is taken": noPolicy,
    "registration: refuses an attribute before it looks at whether the name is taken": allWritable,
    "registration: makes no account of a refused sign-up": noPolicy,
    "registration: takes the code for a proof of the address": proofForgotten,
    "registration: spends the code on its use": confirmedIsExpired,
    "registration: refuses the code of another user": oneCode,
    "registration: refuses a wrong code for a confirmed user as needless": confirmedIsExpired,
    "registration: refuses even the right code after too many wrong ones": noLimits,
    "registration: confirms with a code that was sent anew": noResend,
    "registration: makes a code worthless by sending a new one": noResend,
    "registration: masks the address that a new code went to": noResend,
    "registration: sends no new code to a confirmed user": noResend,
    "registration: says of an unknown user who wants a new code at most that": noResend,
    "registration: sends only so many new codes": noResend,

    "sessions: refuses even the right password after too many wrong ones": noLimits,
    "sessions: kills the access tokens of the session on sign-out, for the provider's operations":
      noRevocation,
    "sessions: refuses to sign out with an access token": anyTokenType,
    "sessions: refuses to sign out with an ID token": anyTokenType,
    "sessions: kills every refresh token of the user on sign-out everywhere": noGlobalSignOut,
    "sessions: kills every access token of the user on sign-out everywhere, for the provider's operations":
      noGlobalSignOut,
    "sessions: lets a user in again after sign-out everywhere": noGlobalSignOut,
    "sessions: leaves other users alone on sign-out everywhere": noGlobalSignOut,

    "passwords: masks the address that a reset code went to": unmasked,
    "passwords: resets nothing for a user whose address is not proven": proofNotNeeded,
    "passwords: sends only so many reset codes": noLimits,
    "passwords: makes a reset code worthless by sending a new one": oneCode,
    "passwords: refuses a weak new password, says which member is at fault and leaves the code alive":
      noPolicy,
    "passwords: refuses a weak new password before it looks at the code": noPolicy,
    "passwords: refuses a weak new password before it looks at who asks": noPolicy,
    "passwords: refuses the reset code of another user": oneCode,
    "passwords: refuses any code for a user who asked for no reset": neverExpired,
    "passwords: refuses even the right reset code after too many wrong ones": noLimits,
    "passwords: takes no sign-up code for a reset code": oneField,
    "passwords: asks for the current password again before a change": wrongIsWeak,
    "passwords: refuses to change to a weak password and says which member is at fault": noPolicy,
    "passwords: lets the current password be guessed only so often": noLimits,

    "profiles: tells whether the address is proven as true or false": proofForgotten,
    "profiles: kills every access token of a deleted account, for the provider's operations":
      deletedUnknown,

    "access tokens: getProfile refuses a token whose session has ended": noRevocation,
    "access tokens: getProfile refuses a token that nobody signed": noSignature,
    "access tokens: getProfile refuses an ID token": idTokenUnknown,
    "access tokens: deleteAccount refuses a token whose session has ended": noRevocation,
    "access tokens: deleteAccount refuses a token that nobody signed": noSignature,
    "access tokens: deleteAccount refuses an ID token": idTokenUnknown,
    "access tokens: signOutEverywhere refuses a token whose session has ended": noGlobalSignOut,
    "access tokens: signOutEverywhere refuses a token that nobody signed": noGlobalSignOut,
    "access tokens: signOutEverywhere refuses an ID token": noGlobalSignOut,
    "access tokens: signOutEverywhere refuses a refresh token": noGlobalSignOut,
    "access tokens: changePassword refuses a token whose session has ended": noRevocation,
    "access tokens: changePassword refuses a token that nobody signed": noSignature,
    "access tokens: changePassword refuses an ID token": idTokenUnknown,

    "concurrency: counts wrong sign-up codes that come at once": noLimits,
    "concurrency: counts wrong reset codes that come at once": noLimits,
    "concurrency: counts wrong passwords that come at once": noLimits,
    "concurrency: refreshes no more once a sign-out is done, though refreshes were under way":
      noRevocation,
    "concurrency: refreshes no more once a sign-out everywhere is done, though refreshes were under way":
      noGlobalSignOut,
  },
};

import type { IdentityErrorCode } from "../../domain/errors.ts";

/** The meaning of each code, and a remedy that a client has: for the pages that people read. */
export const advice = {
  malformed_request: [
    "The request could not be read: its JSON, its headers or its parameters are not well-formed.",
    "Mend the client. To send the same again leads to the same.",
  ],
  validation_failed: [
    "The request was read, and something in it is missing or not of the form that is asked for.",
    "Show each entry of `errors` beside the field that its `pointer` names, by its `reason`.",
  ],
  unsupported_token_type: [
    "The token is not of a kind that this operation takes.",
    "Send the refresh token, or an access token where the operation takes one.",
  ],
  invalid_credentials: [
    "User name and password do not belong together. Whether there is such a user is not told.",
    "Let the user try again, or set another password by a code.",
  ],
  invalid_token: [
    "There was no access token, or one that this service does not take.",
    "Sign in, and send the access token as `Authorization: Bearer`. The header `WWW-Authenticate` says more.",
  ],
  token_expired: [
    "The access token was good, and its time is over.",
    "Get another with the refresh token, once, and repeat the request.",
  ],
  token_revoked: [
    "The session of the access token has ended: by a sign-out, a new password, or an administrator.",
    "Let the user sign in again. A refresh does not help.",
  ],
  invalid_refresh_token: [
    "The refresh token is unknown, has expired, or its session has ended.",
    "Forget the session, and let the user sign in again.",
  ],
  refresh_token_reused: [
    "The refresh token was replaced and then sent again, so that somebody may have stolen it. The session has ended.",
    "Let the user sign in again. See to it that only one request refreshes at a time.",
  ],
  invalid_client: [
    "The credentials of the client that asks about tokens are missing or wrong.",
    "Send the id and the secret that the service is set up with, by HTTP Basic.",
  ],
  challenge_expired: [
    "The session of the challenge is unknown, was used, or has waited for too long.",
    "Begin the sign-in again.",
  ],
  reauthentication_required: [
    "This changes who gets into the account, and the sign-in was too long ago.",
    "Let the user sign in again, then repeat the request. A refresh does not help.",
  ],
  user_not_confirmed: [
    "The password is right, and the account has yet to be confirmed.",
    "Ask for the code that was sent, or offer to send it again.",
  ],
  password_reset_required: [
    "An administrator wants the user to have another password.",
    "Send a code by `forgotPassword`, and set the password with it.",
  ],
  user_disabled: [
    "An administrator has disabled the account.",
    "Say so, and name somebody to turn to. To try again does not help.",
  ],
  temporary_password_expired: [
    "The temporary password was not used in time.",
    "Let an administrator send another invitation.",
  ],
  sign_up_disabled: [
    "Nobody can make an account for themselves here.",
    "Do not offer it: `getCapabilities` tells that sign-ups are closed.",
  ],
  insufficient_scope: [
    "The access token is good, and does not allow this.",
    "Sign in with what the operation asks for, or leave it to an administrator.",
  ],
  attribute_not_writable: [
    "An attribute that was sent cannot be set by whoever sent it.",
    "Leave out the attribute that `errors` names.",
  ],
  rejected_by_policy: [
    "A rule of the operator's said no: a captcha that was not passed, say, or code of their own.",
    "Pass the captcha if one is asked for. Else show that it is not allowed.",
  ],
  blocked: [
    "The identity provider took the request for an attack.",
    "Do not repeat it at once. Let the user try later, or from elsewhere.",
  ],
  origin_not_allowed: [
    "The session is kept in cookies, and the page that asks is neither of this service's origin nor of one that it lists.",
    "Call from the service's own origin, or let the operator list the page's.",
  ],
  not_found: [
    "There is nothing at this address, or the thing that it names is gone.",
    "Check the address against the API's document.",
  ],
  user_not_found: [
    "There is no user of that name.",
    "Look the user up again: the name may have changed.",
  ],
  group_not_found: [
    "There is no group of that name.",
    "Make the group first, where the identity provider keeps its groups.",
  ],
  method_not_allowed: [
    "The address is there, and does not take the method.",
    "Use one of those that the header `Allow` names.",
  ],
  payload_too_large: ["The body is longer than the service reads.", "Send less."],
  unsupported_media_type: [
    "The body is not of the media type that the operation takes.",
    "Send JSON with `Content-Type: application/json`, or a form where one is asked for.",
  ],
  username_taken: [
    "Somebody has an account under that user name.",
    "Let the user choose another name, or sign in.",
  ],
  alias_taken: [
    "The address is proven to be another account's.",
    "Let the user give another address, or sign in to that account.",
  ],
  already_confirmed: ["The account was confirmed before.", "Go on to the sign-in."],
  recovery_unavailable: [
    "The account has no address that a code could go to.",
    "Let an administrator set a password.",
  ],
  mfa_not_available: [
    "The second factor cannot be used: it has not been set up, or one has to stay.",
    "Set the factor up first, or keep one that is on.",
  ],
  conflict: [
    "The request does not go with the state that things are in, or with another request.",
    "Read the state again, and repeat the request if it still makes sense.",
  ],
  password_policy_violation: [
    "The new password is too short or too long, or lacks what it has to have.",
    "Show each `reason` in `errors`. `getCapabilities` tells the rules beforehand.",
  ],
  password_reused: ["The user had that password before.", "Ask for one that is new."],
  password_compromised: [
    "Attackers know the password, from a leak or as it is common.",
    "Ask for another, and say why.",
  ],
  code_mismatch: [
    "The code is wrong or too old, or belongs to somebody else.",
    "Let the user type it again, or send another.",
  ],
  code_expired: ["The code was right, and its time is over.", "Send another code."],
  passkey_rejected: [
    "The passkey's answer does not fit what was asked, or the passkey is unknown.",
    "Begin again, or offer another way to sign in.",
  ],
  rate_limited: [
    "There were too many requests from one address, for one account, or altogether.",
    "Wait for the seconds that `Retry-After` names, then repeat the request.",
  ],
  too_many_attempts: [
    "There were too many tries at one account.",
    "Wait for the seconds that `Retry-After` names. More tries make the wait longer.",
  ],
  internal_error: [
    "Something went wrong in the service.",
    "Try again later. If it stays, tell the operator the `X-Request-Id`.",
  ],
  provider_misconfigured: [
    "The service is not set up as the identity provider wants it.",
    "Tell the operator the `X-Request-Id`: the log says what to mend. To try again does not help.",
  ],
  not_supported: [
    "The identity provider behind this service cannot do that, as it is set up.",
    "Do not offer it: `getCapabilities` tells what there is.",
  ],
  delivery_failed: [
    "The message with the code could not be sent.",
    "Let the user ask for another after a while, or give another address.",
  ],
  provider_extension_failed: [
    "Code of the operator's that the identity provider runs has failed.",
    "Try again after `Retry-After`. If it stays, tell the operator the `X-Request-Id`.",
  ],
  provider_unavailable: [
    "The identity provider, or a store that the service needs, cannot be reached. No session has ended by that.",
    "Keep the session, and try again after `Retry-After`.",
  ],
  keys_unavailable: [
    "The keys that tokens are verified with cannot be had now. The token may well be good.",
    "Keep the session, and try again after `Retry-After`.",
  ],
  overloaded: [
    "There is more to do than can be done. Nothing of the request was done.",
    "Repeat the request after `Retry-After`.",
  ],
  provider_timeout: [
    "The identity provider did not answer in time. It may have done what it was asked.",
    "Look whether it was done before you repeat the request.",
  ],
} as const satisfies Readonly<
  Record<IdentityErrorCode, readonly [meaning: string, remedy: string]>
>;

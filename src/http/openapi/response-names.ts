import type { IdentityErrorCode } from "../../domain/errors.ts";

type Codes = readonly IdentityErrorCode[];

/** The names of the problem responses that operations share, each with the codes that it can have. */
const names = {
  InvalidRequest: ["malformed_request", "validation_failed"],
  InvalidTokenRequest: ["malformed_request", "unsupported_token_type", "validation_failed"],
  MalformedRequest: ["malformed_request"],
  PayloadTooLarge: ["payload_too_large"],
  UnsupportedMediaType: ["unsupported_media_type"],
  Unauthorized: ["invalid_token", "token_expired", "token_revoked"],
  FreshSignInRequired: [
    "invalid_token",
    "reauthentication_required",
    "token_expired",
    "token_revoked",
  ],
  InvalidClient: ["invalid_client"],
  Refused: ["blocked", "rejected_by_policy"],
  SessionRefused: ["blocked", "origin_not_allowed", "rejected_by_policy"],
  SignInRefused: [
    "blocked",
    "origin_not_allowed",
    "password_reset_required",
    "rejected_by_policy",
    "temporary_password_expired",
    "user_disabled",
    "user_not_confirmed",
  ],
  Forbidden: ["blocked", "insufficient_scope", "origin_not_allowed", "rejected_by_policy"],
  AttributesForbidden: [
    "attribute_not_writable",
    "blocked",
    "insufficient_scope",
    "origin_not_allowed",
    "rejected_by_policy",
  ],
  NotFound: ["not_found"],
  UserNotFound: ["user_not_found"],
  UserOrGroupNotFound: ["group_not_found", "user_not_found"],
  AddressTaken: ["alias_taken"],
  SecondFactorUnavailable: ["mfa_not_available"],
  Conflict: ["conflict"],
  PasswordRefused: ["password_compromised", "password_policy_violation"],
  NewPasswordRefused: ["password_compromised", "password_policy_violation", "password_reused"],
  RateLimited: ["rate_limited"],
  TooManyAttempts: ["too_many_attempts"],
  TooManyRequests: ["rate_limited", "too_many_attempts"],
  ServerError: ["internal_error", "provider_misconfigured"],
  NotSupported: ["not_supported"],
  ExtensionFailed: ["provider_extension_failed"],
  DeliveryFailed: ["delivery_failed", "provider_extension_failed"],
  Unavailable: ["keys_unavailable", "overloaded", "provider_unavailable"],
  ProviderUnavailable: ["overloaded", "provider_unavailable"],
  VerificationUnavailable: ["keys_unavailable", "provider_unavailable"],
  KeysUnavailable: ["keys_unavailable"],
  ProviderTimeout: ["provider_timeout"],
} as const satisfies Readonly<Record<string, Codes>>;

const byCodes = new Map(Object.entries<Codes>(names).map(([name, codes]) => [codes.join(), name]));

/**
 * Gives the name of the response that has some codes, in the order of the alphabet.
 *
 * @throws {Error} where it has none yet: generators make a type of it, so a person has to think of one
 */
export function responseName(codes: Codes): string {
  const name = byCodes.get(codes.join());
  if (name === undefined) throw new Error(`No name is known for the response with ${codes}`);
  return name;
}

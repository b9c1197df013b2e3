import type { IdentityErrorCode } from "../domain/errors.ts";
import type { Operation } from "./operation.ts";

/** The codes that any operation that asks the identity provider can end in, whatever it asks. */
export const providerCodes = [
  "rejected_by_policy",
  "blocked",
  "provider_misconfigured",
  "not_supported",
  "provider_extension_failed",
  "provider_unavailable",
  "provider_timeout",
  "overloaded",
] as const satisfies readonly IdentityErrorCode[];

/** The codes that any operation that shows the identity provider the caller's access token can end in. */
export const callerCodes = [
  ...providerCodes,
  "token_revoked",
  "insufficient_scope",
] as const satisfies readonly IdentityErrorCode[];

const bodyCodes = [
  "malformed_request",
  "validation_failed",
  "payload_too_large",
  "unsupported_media_type",
] as const satisfies readonly IdentityErrorCode[];

const bearerCodes = [
  "malformed_request",
  "invalid_token",
  "token_expired",
  "token_revoked",
  "keys_unavailable",
  "provider_unavailable",
] as const satisfies readonly IdentityErrorCode[];

/** The codes that a request can end in which keeps its tokens in cookies. */
const sessionCodes = [
  "malformed_request",
  "origin_not_allowed",
  "not_supported",
  "keys_unavailable",
] as const satisfies readonly IdentityErrorCode[];

/** The codes that a token can lead to that nobody has to show. */
const shownTokenCodes = [
  "malformed_request",
  "keys_unavailable",
] as const satisfies readonly IdentityErrorCode[];

const clientCodes = [
  "invalid_client",
  "not_supported",
] as const satisfies readonly IdentityErrorCode[];

const operatorCodes = [
  "not_found",
  "rejected_by_policy",
  "invalid_token",
  "malformed_request",
] as const satisfies readonly IdentityErrorCode[];

/** Gives every code that an operation can answer with, each once. */
export function codesOf(operation: Operation): readonly IdentityErrorCode[] {
  return [
    ...new Set<IdentityErrorCode>([
      ...(operation.body ? bodyCodes : []),
      ...(operation.params || operation.query ? (["validation_failed"] as const) : []),
      ...tokenCodesOf(operation),
      ...(operation.bearer || operation.session ? sessionCodes : []),
      ...(operation.client ? clientCodes : []),
      ...(operation.freshSignIn ? (["reauthentication_required"] as const) : []),
      ...(operation.operator === true ? operatorCodes : []),
      ...(operation.limited ? (["rate_limited"] as const) : []),
      ...(operation.bearer === "administrator" ? (["insufficient_scope"] as const) : []),
      ...operation.codes,
      "internal_error",
      // Where settings are only read with the first request, a Worker answers so whatever is asked.
      "provider_misconfigured",
    ]),
  ];
}

function tokenCodesOf({ bearer }: Operation): readonly IdentityErrorCode[] {
  if (bearer === undefined) return [];
  return bearer === "optional" ? shownTokenCodes : bearerCodes;
}

import {
  IdentityError,
  type IdentityErrorCode,
  type RejectionReason,
  type TokenRejection,
} from "../../../domain/errors.ts";

/** The codes of refusals that are no `invalid_token`. */
const codes: Partial<Record<TokenRejection, IdentityErrorCode>> = {
  expired: "token_expired",
  revoked: "token_revoked",
};

/** Makes the refusal of a token, for a reason that callers are not told. */
export function rejected(
  rejection: TokenRejection,
  rejectionReason?: RejectionReason,
  cause?: unknown,
): IdentityError {
  const code = codes[rejection] ?? "invalid_token";
  return new IdentityError(code, { rejection, rejectionReason, cause });
}

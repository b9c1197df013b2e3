import {
  IdentityError,
  type IdentityErrorCode,
  type TokenRejection,
} from "../../../domain/errors.ts";

/** The codes of refusals that are no `invalid_token`. */
const codes: Partial<Record<TokenRejection, IdentityErrorCode>> = {
  expired: "token_expired",
  revoked: "token_revoked",
};

/** Makes the refusal of a token. */
export function rejected(rejection: TokenRejection, cause?: unknown): IdentityError {
  return new IdentityError(codes[rejection] ?? "invalid_token", { rejection, cause });
}

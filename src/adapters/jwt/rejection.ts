import { IdentityError, type TokenRejection } from "../../domain/errors.ts";

/** Makes the refusal of a token: `token_expired` for one that is merely too old, `invalid_token` for all else. */
export function rejected(rejection: TokenRejection, cause?: unknown): IdentityError {
  const code = rejection === "expired" ? "token_expired" : "invalid_token";
  return new IdentityError(code, { rejection, cause });
}

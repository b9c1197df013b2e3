import { IdentityError } from "../../domain/errors.ts";

/** Makes the refusal of what was tried too often. */
export function tooManyAttempts(waitMs: number): IdentityError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new IdentityError("too_many_attempts", { retryAfterSeconds });
}

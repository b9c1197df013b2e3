import { IdentityError } from "../../domain/errors.ts";

/** Refuses what this provider, set up as it is, cannot do. */
export async function notSupported(): Promise<never> {
  throw new IdentityError("not_supported");
}

/** Makes the refusal of what was tried too often. */
export function tooManyAttempts(waitMs: number): IdentityError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return new IdentityError("too_many_attempts", { retryAfterSeconds });
}

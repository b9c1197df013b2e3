import { IdentityError } from "../../domain/errors.ts";
import { withinDeadline } from "../shared/deadline.ts";

/**
 * Waits for what a binding was asked.
 *
 * @throws {IdentityError} `provider_unavailable` — it failed, or took too long
 */
export async function bindingCall<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  try {
    return await withinDeadline(work, timeoutMs);
  } catch (cause) {
    throw new IdentityError("provider_unavailable", { cause });
  }
}

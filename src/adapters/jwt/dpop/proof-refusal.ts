import type { IdentityError } from "../../../domain/errors.ts";
import { rejected } from "../format/rejection.ts";

/**
 * Makes the refusal of a proof. Clients are told no more of it, as there is nothing that an honest one could do.
 *
 * @param reason - for logs, with nothing in it that the proof says
 */
export function refusedProof(reason: string, cause?: unknown): IdentityError {
  return rejected("invalid_proof", undefined, new Error(reason, { cause }));
}

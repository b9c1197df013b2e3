import { isIdentityError } from "../../../domain/errors.ts";
import type { UpstreamOutcome } from "../../../ports/index.ts";
import { isException } from "../errors/exceptions.ts";

/** The answers that say that there are too many calls: everyone's, and not the user's. */
const throttling = /^(?:TooManyRequests|Throttling|RequestLimitExceeded)(?:Exception)?$/;

/** The answers that say that something is wrong over there. */
const failing = /^(?:InternalError|InternalServer|ServiceUnavailable|OperationNotEnabled)/;

/**
 * Tells how a call ended that was rejected. An exception of Cognito's is an answer, whatever it is about: what somebody
 * can bring about by a wrong password must never count as a failure. A connection that broke, or an answer that nobody can
 * read, is none.
 *
 * @returns nothing for a call that was not made: there are no credentials to sign it with
 */
export function outcomeOf(error: unknown): UpstreamOutcome | undefined {
  if (isIdentityError(error)) return error.code === "provider_timeout" ? "timed_out" : undefined;
  if (!(error instanceof Error)) return "failed";
  if (throttling.test(error.name)) return "throttled";
  return isException(error) && !failing.test(error.name) ? "answered" : "failed";
}

import { isIdentityError } from "../../../domain/errors.ts";
import type { UpstreamOutcome } from "../../../ports/index.ts";
import { isException } from "../errors/exceptions.ts";
import { statusOf } from "../errors/retry-after.ts";

/** The answers that say that there are too many calls: everyone's, and not the user's. */
const throttling = /^(?:TooManyRequests|Throttling|RequestLimitExceeded)(?:Exception)?$/;

/** The answers that say that something is wrong over there. */
const failing = /^(?:InternalError|InternalServer|ServiceUnavailable|OperationNotEnabled)/;

/**
 * Tells how a call ended that was rejected. An exception of Cognito's is an answer, whatever it is about: what somebody
 * can bring about by a wrong password must never count as a failure. So is a refusal (4xx) of what stands before Cognito, such
 * as a firewall's page, which a single request may have brought about. A connection that broke is none, nor is any other answer
 * that nobody can read.
 *
 * @returns nothing for a call that was not made: there are no credentials to sign it with
 */
export function outcomeOf(error: unknown): UpstreamOutcome | undefined {
  if (isIdentityError(error)) return error.code === "provider_timeout" ? "timed_out" : undefined;
  if (!(error instanceof Error)) return "failed";
  if (throttling.test(error.name)) return "throttled";
  if (failing.test(error.name)) return "failed";
  return isException(error) ? "answered" : outcomeOfStatus(statusOf(error));
}

/** 429 is of all calls together, and 408 says that the line is slow. */
function outcomeOfStatus(status = 0): UpstreamOutcome {
  if (status === 429) return "throttled";
  return status >= 400 && status < 500 && status !== 408 ? "answered" : "failed";
}

import { isProof, type SrpExchange } from "../srp/exchange.ts";
import { readSrpTimestamp } from "../srp/timestamp.ts";
import { invalidParameter } from "../wire/cognito-exception.ts";
import { type ChallengeResponses, requireResponse } from "./challenge-responses.ts";

/** The tolerance for the client's clock, ahead of the server's or behind it, in milliseconds. */
const maxClockDifference = 5 * 60_000;

/**
 * Tells whether a proof holds in an exchange.
 *
 * @param identity - the pool's name and the user's, or the device's group and the device's, one after the other
 */
export type ProofCheck = (exchange: SrpExchange, identity: string) => Promise<boolean>;

/**
 * Reads the proof of a password, of a user's or of a device's, from the responses of a challenge.
 *
 * A proof that is too old or from the future proves nothing: what AWS allows is not documented, and it is said to be five
 * minutes.
 *
 * @param now - in milliseconds since the epoch
 * @throws {CognitoException} `InvalidParameter` — a response is missing, or the time is not of the form that AWS reads
 * @see https://github.com/amazon-archives/amazon-cognito-auth-js/issues/199
 */
export function readProof(responses: ChallengeResponses, now: number): ProofCheck {
  const secretBlock = requireResponse(responses, "PASSWORD_CLAIM_SECRET_BLOCK");
  const signature = requireResponse(responses, "PASSWORD_CLAIM_SIGNATURE");
  const timestamp = readSrpTimestamp(requireResponse(responses, "TIMESTAMP"));
  if (!timestamp)
    throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
  const { canonical, time } = timestamp;
  return async (exchange, identity) =>
    Math.abs(now - time) <= maxClockDifference &&
    isProof(exchange, { identity, secretBlock, signature, timestamp: canonical });
}

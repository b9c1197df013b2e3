import { IdentityError } from "../../../domain/errors.ts";
import type { Clock } from "../../../ports/index.ts";
import { createBoundedMap } from "../../shared/bounded-map.ts";
import { sha256Text } from "../../shared/digest.ts";

/** The life of a session of Cognito's in an app client that does not say (`AuthSessionValidity`), in seconds. */
export const usualSessionSeconds = 180;

/** The most that an app client can say. */
const longestSessionMs = 900_000;

/**
 * As many wrong codes of a second factor as Cognito takes before it locks the user out. Of codes that stand for a
 * password it was seen to take more, and no end to that is known.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication.html
 */
const codesPerSession = 5;

/**
 * The most sessions that are counted: whoever wants to be forgotten has to begin this many sign-ins, and answer each.
 */
const maxSessions = 10_000;

/**
 * Counts answers to challenges, each by the session that was handed out for it. The count is this process's alone. Where
 * the service runs in several, each takes as many codes as one would: at the edge, that is every isolate, and a new one
 * begins at none. There a limit on requests has to stand before the service.
 */
export interface AnswerCounts {
  /**
   * Counts a code before anyone looks at it, so that of codes that come at once each is counted too.
   *
   * @throws {IdentityError} `too_many_attempts` — there were enough: no other is to be looked at, right or wrong
   */
  countCode(session: string): Promise<void>;
  /**
   * Notes that an answer takes a sign-in further whose session Cognito knows nothing of.
   *
   * @throws {IdentityError} `challenge_expired` — another answer has done so
   */
  goOn(session: string): Promise<void>;
  hasGoneOn(session: string): Promise<boolean>;
}

/** Begins to count. A count is forgotten once its session can only have ended, and the oldest where there are too many. */
export function createAnswerCounts(clock: Clock): AnswerCounts {
  const counts = createBoundedMap<string, number>({
    maxEntries: maxSessions,
    maxAgeMs: longestSessionMs,
    clock,
  });

  async function count(session: string): Promise<number> {
    const key = await sha256Text(session);
    const number = (counts.get(key) ?? 0) + 1;
    counts.set(key, number);
    return number;
  }

  return {
    async countCode(session) {
      if ((await count(session)) <= codesPerSession) return;
      throw new IdentityError("too_many_attempts", { retryAfterSeconds: usualSessionSeconds });
    },
    async goOn(session) {
      if ((await count(session)) > 1) throw new IdentityError("challenge_expired");
    },
    hasGoneOn: async (session) => counts.get(await sha256Text(session)) !== undefined,
  };
}

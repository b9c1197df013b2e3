import { IdentityError } from "../../../domain/errors.ts";
import type { Clock, RateLimiter } from "../../../ports/index.ts";
import { createBoundedMap } from "../../shared/bounded-map.ts";
import { sha256Text } from "../../shared/digest.ts";

/** The life of a session of Cognito's in an app client that does not say (`AuthSessionValidity`), in seconds. */
export const usualSessionSeconds = 180;

/** The most that an app client can say. */
const longestSessionSeconds = 900;

/**
 * As many wrong codes of a second factor as Cognito takes before it locks the user out. Of codes that stand for a
 * password it was seen to take more, and no end to that is known.
 *
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication.html
 */
const codesPerSession = 5;

/**
 * The most sessions that a process counts by itself: whoever wants to be forgotten has to begin this many sign-ins, and
 * answer each.
 */
const maxSessions = 10_000;

/** The counter that all instances of the service share. */
export type SharedCounter = Pick<RateLimiter, "take" | "read">;

/** Counts answers to challenges, each by the session that was handed out for it. */
export interface AnswerCounts {
  /**
   * Counts a code before anyone looks at it, so that of codes that come at once each is counted too.
   *
   * @throws {IdentityError} `too_many_attempts` — there were enough: no other is to be looked at, right or wrong
   * @throws {IdentityError} `provider_unavailable` — the counter that is shared cannot be reached
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

/** The two things that are counted of a session: the times that it happened, and whether it ever did. */
interface SessionCounts {
  /** Counts one more, and tells whether it is one of the first so many. */
  isWithin(session: string, kind: CountedKind): Promise<boolean>;
  isUsedUp(session: string, kind: CountedKind): Promise<boolean>;
}

/**
 * The kinds of answers that are counted, by the name that a limit has for them. That of codes begins as those of all
 * guesses at codes do, which nothing stands in for where what is shared cannot be reached.
 */
const most = { code_attempt_by_challenge: codesPerSession, challenge_step: 1 } as const;

type CountedKind = keyof typeof most;

/**
 * Begins to count.
 *
 * @param shared - counts for all instances. Without it, the count is this process's alone: where the service runs in
 *   several, each takes as many codes as one would, and at the edge that is every isolate
 */
export function createAnswerCounts(clock: Clock, shared?: SharedCounter): AnswerCounts {
  const counts = shared ? countsIn(shared) : ownCounts(clock);
  return {
    async countCode(session) {
      if (await counts.isWithin(session, "code_attempt_by_challenge")) return;
      throw new IdentityError("too_many_attempts", { retryAfterSeconds: usualSessionSeconds });
    },
    async goOn(session) {
      if (!(await counts.isWithin(session, "challenge_step")))
        throw new IdentityError("challenge_expired");
    },
    hasGoneOn: (session) => counts.isUsedUp(session, "challenge_step"),
  };
}

/** A count is forgotten once its session can only have ended, and the oldest where there are too many. */
function ownCounts(clock: Clock): SessionCounts {
  const counts = createBoundedMap<string, number>({
    maxEntries: maxSessions,
    maxAgeMs: longestSessionSeconds * 1000,
    clock,
  });
  const keyOf = async (session: string, kind: CountedKind) =>
    `${kind} ${await sha256Text(session)}`;
  return {
    async isWithin(session, kind) {
      const key = await keyOf(session, kind);
      const number = (counts.get(key) ?? 0) + 1;
      counts.set(key, number);
      return number <= most[kind];
    },
    isUsedUp: async (session, kind) => (counts.get(await keyOf(session, kind)) ?? 0) >= most[kind],
  };
}

/** One comes back for each part of the window that goes by, so that none does as long as any session lives. */
function countsIn(counter: SharedCounter): SessionCounts {
  const limitOf = async (session: string, kind: CountedKind) => ({
    policy: kind,
    key: await sha256Text(session),
    quota: most[kind],
    windowSeconds: most[kind] * longestSessionSeconds,
  });
  return {
    async isWithin(session, kind) {
      const { isAllowed } = await counter.take([await limitOf(session, kind)]);
      return isAllowed;
    },
    async isUsedUp(session, kind) {
      const statuses = await counter.read([await limitOf(session, kind)]);
      return statuses.every(({ remaining }) => remaining === 0);
    },
  };
}

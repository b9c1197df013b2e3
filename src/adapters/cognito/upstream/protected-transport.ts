import { IdentityError } from "../../../domain/errors.ts";
import type { UpstreamObserver, UpstreamOutcome, UpstreamState } from "../../../ports/index.ts";
import { retryAfterSeconds } from "../errors/exception-meaning.ts";
import { retryAfterOf } from "../errors/retry-after.ts";
import type { TimedTransport } from "../wire/app-client.ts";
import { createTimeBudget, type TimeBudget } from "../wire/time-budget.ts";
import type { CognitoTransport } from "../wire/transport.ts";
import { type Breaker, createBreaker, type Passage } from "./breaker.ts";
import { outcomeOf } from "./call-outcome.ts";
import { categoryOf, type QuotaCategory } from "./quota-category.ts";
import { createTurns, type Turn, type Turns, type TurnTerms } from "./turns.ts";

/** The terms of {@link createProtectedTransport}. */
export interface ProtectionTerms extends Pick<TurnTerms, "most" | "mostWaiting"> {
  /**
   * The time that a call may take, in milliseconds. All of a request have a fifth more, and none waits for its turn longer
   * than half of it.
   */
  readonly timeoutMs: number;
  /** Milliseconds of a clock that never steps. @default the runtime's */
  readonly now?: (() => number) | undefined;
  readonly observer?: UpstreamObserver | undefined;
}

/** A transport that spares Cognito, and whoever waits for it. */
export interface ProtectedTransport extends TimedTransport {
  /** Tells how the calls of each category stand that has had any. */
  states(): readonly UpstreamState[];
}

interface Protection {
  readonly category: QuotaCategory;
  readonly breaker: Breaker;
  readonly turns: Turns;
}

/**
 * Puts bounds on the calls of a transport, by category of quota: so many at once and so many that wait, fewer after
 * throttling; none for a while after half of them came to nothing. A category that is sick takes nothing from the others, and
 * no caller all of a category.
 *
 * Its calls reject as those of the transport, and before there was any with an `IdentityError`:
 * `provider_unavailable` — the breaker is open; `overloaded` — there is no turn, nor room to wait for one;
 * `provider_timeout` — the request's time is over.
 */
export function createProtectedTransport(
  transport: CognitoTransport,
  terms: ProtectionTerms,
): ProtectedTransport {
  const { timeoutMs, now = () => performance.now(), observer } = terms;
  const startBudget = (caller?: string) => createTimeBudget(timeoutMs * 1.2, now, caller);
  const protections = new Map<QuotaCategory, Protection>();

  function protectionOf(category: QuotaCategory): Protection {
    let found = protections.get(category);
    if (!found) {
      const shared = { ...terms, now, patienceMs: timeoutMs * 1.5 };
      const onChange: Parameters<typeof createBreaker>[0]["onChange"] = (state) =>
        observer?.onBreaker({ category, state });
      const breaker = createBreaker({ ...shared, onChange });
      found = { category, breaker, turns: createTurns(shared) };
      protections.set(category, found);
    }
    return found;
  }

  /** Gives leave to make a call, or says why there is none. */
  async function enter({ breaker, turns }: Protection, budget: TimeBudget): Promise<Leave> {
    if (breaker.waitMs() > 0) return spare(breaker);
    const waitMs = Math.min(timeoutMs / 2, budget.leftMs());
    const { caller } = budget;
    const turn = turns.take(caller) ?? (await turns.wait(waitMs, caller));
    if (!turn) return refuse("refused", "overloaded", retryAfterSeconds);
    // Others may have opened it meanwhile, or one of them is trying.
    if (breaker.waitMs() === 0 && budget.leftMs() > 0) return { turn, passage: breaker.pass() };
    turns.end(turn);
    if (breaker.waitMs() > 0) return spare(breaker);
    return refuse("timed_out", "provider_timeout", retryAfterSeconds);
  }

  const call: CognitoTransport = async (operation, input, budget = startBudget()) => {
    const wantedAt = now();
    const protection = protectionOf(categoryOf(operation, input));
    const { category, breaker, turns } = protection;
    const tell = (outcome: UpstreamOutcome) =>
      observer?.onCall({ category, outcome, durationMs: now() - wantedAt });
    const leave = await enter(protection, budget);
    if ("error" in leave) {
      tell(leave.outcome);
      throw leave.error;
    }
    // Of one that had less time, as others of the request took theirs, the end says nothing.
    const hasTime = budget.leftMs() > timeoutMs * 0.9;
    let outcome: UpstreamOutcome | undefined = "answered";
    let pauseMs = 0;
    try {
      return await transport(operation, input, budget);
    } catch (error) {
      outcome = outcomeOf(error);
      if (outcome === "throttled" || outcome === "failed")
        pauseMs = 1000 * (retryAfterOf(error) ?? 0);
      throw error;
    } finally {
      turns.end(leave.turn, outcome);
      const isTelling = outcome !== undefined && (hasTime || outcome !== "timed_out");
      breaker.settle(leave.passage, isTelling ? outcome === "answered" : undefined, pauseMs);
      if (outcome) tell(outcome);
    }
  };

  return {
    transport: call,
    startBudget,
    states: () =>
      [...protections.values()].map(({ category, breaker, turns }) => ({
        category,
        breaker: breaker.state(),
        ...turns.counts(),
      })),
  };
}

/** The leave to make a call, or the reason for which there is none. */
type Leave =
  | { readonly turn: Turn; readonly passage: Passage }
  | { readonly error: IdentityError; readonly outcome: UpstreamOutcome };

function spare(breaker: Breaker): Leave {
  return refuse("spared", "provider_unavailable", Math.ceil(breaker.waitMs() / 1000));
}

function refuse(
  outcome: UpstreamOutcome,
  code: "provider_unavailable" | "overloaded" | "provider_timeout",
  retryAfterSeconds: number,
): Leave {
  return { error: new IdentityError(code, { retryAfterSeconds }), outcome };
}

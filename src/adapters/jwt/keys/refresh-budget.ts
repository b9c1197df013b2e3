import type { Clock } from "../../../ports/index.ts";
import { jittered } from "../../shared/jitter.ts";

/** The options of {@link createRefreshBudget}. */
export interface RefreshBudgetOptions {
  readonly clock: Clock;
  readonly cooldownMs: number;
}

/** The outcome of a fetch. */
export type FetchOutcome =
  | { readonly isOk: false; readonly failure: unknown }
  /** Whether it brought the key that it was for, where it was for one. */
  | { readonly isOk: true; readonly isFound: boolean };

/** Says when a key set may be fetched. */
export interface RefreshBudget {
  /** The outcome of the last fetch, where there was one. */
  last(): FetchOutcome | undefined;
  /** Milliseconds until the next fetch may start that is for no key in particular. */
  waitMs(): number;
  /** Tells whether a fetch may start now because a token names a key that is not at hand, and counts it if so. */
  admits(keyId: string): boolean;
  /** Takes note of a key id that is looked for by a fetch under way. */
  joined(keyId: string): void;
  /** Takes note of a fetch. */
  ended(outcome: FetchOutcome): void;
}

/** For how long after a fetch no key is looked for that it did not bring: so soon there is hardly a newer one. */
const settlingMs = 800;

/**
 * The time that no other unknown key id may have come in, for one to count as a changed key and not as part of a flood.
 */
const quietMs = 500;

/** The number of cooldowns that a reserve takes to come back which was spent for nothing. */
const reserveCooldowns = 6;

/**
 * Makes the budget of fetches of one key set. Nobody can tell an invented key id from that of a key that was changed a
 * moment ago before the keys are fetched, and invented ones come by the thousand. So:
 *
 * - One unknown key id in a cooldown is looked for, whichever comes first. That much a flood can spend, and no more,
 *   since refused ones never put the end of the cooldown off; and it is how long a changed key waits at the worst.
 * - One further look is kept in reserve for a key id that comes alone: when no other unknown one came for half a
 *   second, and the last fetch was not for that very one. So a key that changed while a flood was on is accepted half
 *   a second after the flood. Drop by drop an attacker can spend the reserve as well, which then takes a minute to
 *   come back.
 * - A look that brings the key it was for costs nothing, as no attacker can bring that about.
 * - After a failure nothing is fetched for a cooldown, whatever for.
 *
 * Cooldowns are cut short by up to a tenth at random, so that the instances of a service do not fetch in step. A clock
 * that was set back ends them.
 */
export function createRefreshBudget({ clock, cooldownMs }: RefreshBudgetOptions): RefreshBudget {
  const ordinary = createCooldown(clock);
  const look = createCooldown(clock);
  const reserve = createCooldown(clock);
  const settling = createCooldown(clock);
  const unknownKeyIds = createUnknownKeyIds(clock);
  let last: FetchOutcome | undefined;
  let soughtKeyId: string | undefined;

  function spend(keyId: string, isAlone: boolean): boolean {
    if (last?.isOk === false) return ordinary.leftMs() === 0;
    if (settling.leftMs() > 0) return false;
    if (look.leftMs() === 0) {
      look.start(jittered(cooldownMs));
      return true;
    }
    if (!isAlone || keyId === soughtKeyId || reserve.leftMs() > 0) return false;
    reserve.start(reserveCooldowns * cooldownMs);
    return true;
  }

  return {
    last: () => last,
    waitMs: () => ordinary.leftMs(),
    admits(keyId) {
      const isAdmitted = spend(keyId, unknownKeyIds.isAlone(keyId));
      unknownKeyIds.note(keyId);
      if (isAdmitted) soughtKeyId = keyId;
      return isAdmitted;
    },
    joined: unknownKeyIds.note,
    ended(outcome) {
      last = outcome;
      ordinary.start(jittered(cooldownMs));
      settling.start(settlingMs);
      if (!outcome.isOk || !outcome.isFound) return;
      look.end();
      reserve.end();
    },
  };
}

function createCooldown(clock: Clock) {
  let startedAt = 0;
  let lengthMs = 0;
  return {
    start(ms: number): void {
      startedAt = clock.now();
      lengthMs = ms;
    },
    end(): void {
      lengthMs = 0;
    },
    leftMs(): number {
      const elapsed = clock.now() - startedAt;
      return elapsed < 0 ? 0 : Math.max(0, lengthMs - elapsed);
    },
  };
}

/** Remembers which unknown key id came last, and when one came that was another. */
function createUnknownKeyIds(clock: Clock) {
  let lastKeyId: string | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  let otherAt = Number.NEGATIVE_INFINITY;
  return {
    isAlone(keyId: string): boolean {
      const elapsed = clock.now() - (keyId === lastKeyId ? otherAt : lastAt);
      return elapsed < 0 || elapsed >= quietMs;
    },
    note(keyId: string): void {
      if (keyId !== lastKeyId) otherAt = lastAt;
      lastKeyId = keyId;
      lastAt = clock.now();
    },
  };
}

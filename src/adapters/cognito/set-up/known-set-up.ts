import type { ProviderSetUp } from "../../../domain/set-up.ts";
import type { Clock } from "../../../ports/index.ts";
import type { CognitoFeature } from "../features.ts";
import type { PoolDescriptions } from "../pool-check/descriptions.ts";
import { poolSetUp } from "./pool-set-up.ts";

/** The set-up of a pool, as far as it is known. */
export interface KnownSetUp {
  /**
   * Tells it: as the operator said, and else as it was read. Nothing is read unless it was before, and nobody waits for it
   * but those who ask while it is read for the first time, and they for a moment.
   */
  current(): Promise<ProviderSetUp>;
  /** Reads the pool's descriptions, which never rejects. */
  read(): Promise<PoolDescriptions>;
}

/** The time that what was read is taken for true without another look, in milliseconds. */
const freshMs = 10 * 60_000;
/** The longest that anyone waits for the first reading, in milliseconds. */
const longestWaitMs = 300;

/** Makes a keeper of it. */
export function createKnownSetUp({
  stated,
  features,
  describe,
  clock,
}: {
  /** The word of the operator, which goes before all that is read. */
  readonly stated: ProviderSetUp;
  readonly features: readonly CognitoFeature[];
  /** Asks Cognito for the descriptions. Never rejects. */
  readonly describe: () => Promise<PoolDescriptions>;
  readonly clock: Clock;
}): KnownSetUp {
  let known: ProviderSetUp = stated;
  let first: Promise<unknown> | undefined;
  let readAt = 0;

  function read(): Promise<PoolDescriptions> {
    readAt = clock.now();
    const reading = describe();
    first ??= reading;
    void reading.then((descriptions) => {
      // A pool that cannot be read for once is most likely as it was.
      if (descriptions.pool.answer) known = merged(poolSetUp(descriptions, features), stated);
    });
    return reading;
  }

  return {
    read,
    async current() {
      if (!first) return stated;
      await Promise.race([first, new Promise((resolve) => setTimeout(resolve, longestWaitMs))]);
      if (clock.now() - readAt >= freshMs) void read();
      return known;
    },
  };
}

function merged(found: ProviderSetUp, stated: ProviderSetUp): ProviderSetUp {
  return {
    ...found,
    ...stated,
    signUp: { ...found.signUp, ...stated.signUp },
    signIn: { ...found.signIn, ...stated.signIn },
  };
}

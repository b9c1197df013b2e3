import type { ClaimedWork, SharedWork } from "../../../ports/index.ts";
import { IdentityError } from "../../errors.ts";

/** Refreshes of sessions that instances share: each is made by one of them, and all others are given its outcome. */
export interface InstanceRefreshes<T> {
  /**
   * Makes a refresh of a session, or gives the outcome of another instance's. Where the instances cannot be asked, it is
   * made here.
   *
   * @param generation - as of `SharedRefreshes.share`
   * @throws {IdentityError} `invalid_refresh_token` — another instance has ended the session
   * @throws {IdentityError} `provider_unavailable` — another instance is at it for too long
   */
  share(sessionId: string, generation: number, work: () => Promise<T>): Promise<T>;

  /** Keeps all instances from refreshing a session that is to end, once those are done that are at it. */
  end(sessionId: string): Promise<InstanceEnding<T>>;
}

/** The end of a session, as the instances see it. */
export interface InstanceEnding<T> {
  /** The outcome of a refresh of shortly before, wherever it was made. */
  readonly before: T | undefined;
  /** Has whoever comes with old cookies of the session get none. */
  finish(): Promise<void>;
  /** Lets the session go on after all. */
  undo(): Promise<void>;
}

/** The outcomes of refreshes, as instances hand them to each other. */
export interface InstanceOutcomes<T> {
  /** Writes an outcome so that none but the instances can read it. */
  readonly write: (outcome: T) => string;
  /** Reads an outcome; nothing for one that is none of the session's, or was not written by an instance. */
  readonly read: (sessionId: string, text: string) => Promise<T | undefined>;
  /** Writes and recognises the end of a session likewise. */
  readonly writeEnd: (sessionId: string) => Promise<string>;
  readonly isEnd: (sessionId: string, text: string) => Promise<boolean>;
}

/** The time after which a claim is over, in seconds: twice the time that a provider may take. */
const claimSeconds = 8;

/** The time that an outcome is kept, in seconds: a page's other requests are on their way with the old cookies that long at most. */
const keptSeconds = 60;

/** The waits between two looks at a refresh of another instance's, in milliseconds: one is over within tens of them, or hangs. */
const pausesMs = [10, 15, 25, 40, 60, 100, ...Array.from({ length: 45 }, () => 200)];

/** Later than every refresh. */
const lastGeneration = Number.MAX_SAFE_INTEGER;

/**
 * Makes the place where refreshes are shared between instances.
 *
 * @param shared - where they agree. Without it each instance makes its own
 */
export function createInstanceRefreshes<T>(
  shared: SharedWork | undefined,
  { write, read, writeEnd, isEnd }: InstanceOutcomes<T>,
): InstanceRefreshes<T> {
  /** Gives the state of a refresh once it is not under way any more, or nothing where nobody can be asked. */
  async function claim(store: SharedWork, sessionId: string, generation: number) {
    try {
      for (const pauseMs of pausesMs) {
        const found = await store.claim(sessionId, generation, claimSeconds);
        if (found.state !== "under_way") return found;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    } catch {
      return undefined;
    }
    throw new IdentityError("provider_unavailable");
  }

  async function doClaimed(
    store: SharedWork,
    claimed: ClaimedWork,
    generation: number,
    work: () => Promise<T>,
  ): Promise<T> {
    try {
      const outcome = await work();
      const text = numbered(generation, write(outcome));
      await quietly(store.settle(claimed, { text, generation, seconds: keptSeconds }));
      return outcome;
    } catch (error) {
      await quietly(store.release(claimed));
      throw error;
    }
  }

  return {
    async share(sessionId, generation, work) {
      if (!shared) return work();
      const found = await claim(shared, sessionId, generation);
      if (!found) return work();
      if (found.state === "claimed") return doClaimed(shared, found, generation, work);
      const { text } = readNumbered(found.outcome);
      if (await isEnd(sessionId, text)) throw new IdentityError("invalid_refresh_token");
      // One that cannot be read is none: an instance with other secrets made it, or somebody else.
      return (await read(sessionId, text)) ?? work();
    },

    async end(sessionId) {
      const claimed = shared && (await claim(shared, sessionId, lastGeneration));
      if (!shared || claimed?.state !== "claimed") return nothingShared;
      const before = readNumbered(claimed.before ?? "");
      const settle = (text: string, generation: number) =>
        shared.settle(claimed, {
          text: numbered(generation, text),
          generation,
          seconds: keptSeconds,
        });
      return {
        before: await read(sessionId, before.text),
        async finish() {
          await quietly(writeEnd(sessionId).then((text) => settle(text, lastGeneration)));
        },
        async undo() {
          // As the outcome that it was: good for the refresh that it is of, and for none that comes after.
          const { generation, text } = before;
          await quietly(text === "" ? shared.release(claimed) : settle(text, generation));
        },
      };
    },
  };
}

/** An outcome together with the generation that it is good for, which the place does not tell. */
function numbered(generation: number, text: string): string {
  return `${generation} ${text}`;
}

/** Reads both again. Of what no instance wrote it is an outcome that is good for no refresh. */
function readNumbered(kept: string): { readonly generation: number; readonly text: string } {
  const [, generation = "0", text = ""] = /^(\d{1,16}) (.*)$/s.exec(kept) ?? [];
  return { generation: Number(generation), text };
}

/** The session has ended elsewhere, or nobody can be asked. */
const nothingShared = {
  before: undefined,
  finish: async () => undefined,
  undo: async () => undefined,
};

/** That the instances could not be told is heard by whoever runs the service, and changes no outcome. */
async function quietly(telling: Promise<unknown>): Promise<void> {
  await telling.catch(() => undefined);
}

import { IdentityError } from "../../../src/domain/errors.ts";
import type { ReplayStore } from "../../../src/ports/index.ts";

/** The parts of a broken store. */
export interface StoreParts {
  /** Makes a store in memory that breaks no rule. */
  readonly make: () => ReplayStore;
  readonly now: () => number;
  readonly isDown: () => boolean;
  /** The number of ids that there is to be room for. */
  readonly room: number;
}

/** A store that breaks one rule, and the case that sees it. */
export interface BrokenReplayStore {
  readonly fault: string;
  readonly caughtBy: string;
  readonly saying: string;
  /** Gives the function that opens it as one more process would. */
  readonly broken: (parts: StoreParts) => () => ReplayStore;
}

export const brokenReplayStores: readonly BrokenReplayStore[] = [
  {
    fault: "takes an id as often as it comes",
    caughtBy: "adding: takes an id once, and others beside it",
    saying: "expected what was new to be [true,false,true,false], but it is [true,true,true,true]",
    broken: () => () => ({ add: async () => true }),
  },
  {
    fault: "looks first, and writes a moment later",
    caughtBy: "adding: takes an id once of many times at once",
    saying: "expected how many were told that it was new to be 1, but it is 90",
    broken() {
      const ids = new Set<string>();
      return () => ({
        async add(id) {
          const isNew = !ids.has(id);
          await Promise.resolve();
          ids.add(id);
          return isNew;
        },
      });
    },
  },
  {
    fault: "keeps nothing of what is over",
    caughtBy: "adding: tells two apart who show at once what is over already",
    saying: "expected what was new to be [false,true], but it is [true,true]",
    broken: ({ make, now }) => {
      const store = make();
      return () => ({
        add: async (id, until) => until * 1000 <= now() || (await store.add(id, until)),
      });
    },
  },
  {
    fault: "takes small letters and capitals for the same",
    caughtBy: "adding: takes ids for the same where each letter is, and nowhere else",
    saying: "expected an id like it to be true, but it is false",
    broken: ({ make }) => {
      const store = make();
      return () => ({ add: (id, until) => store.add(id.toLowerCase(), until) });
    },
  },
  {
    fault: "forgets ids before their time",
    caughtBy: "keeping: knows an id until it may be forgotten",
    saying: "expected the one of eight seconds to be false, but it is true",
    broken: ({ make }) => {
      const store = make();
      return () => ({ add: (id, until) => store.add(id, until - 7) });
    },
  },
  {
    fault: "makes room by forgetting",
    caughtBy: "keeping: knows an id however many have come since",
    saying: "expected whether it was new to be false, but it is true",
    broken: () => forgetfulOf(100),
  },
  {
    fault: "knows only what the same process was shown",
    caughtBy: "sharing: knows what any process was shown",
    saying: "expected what was new to be [true,false,false], but it is [true,true,true]",
    broken: ({ make }) => make,
  },
  {
    fault: "takes everything where it cannot be reached",
    caughtBy: "outage: says that the store cannot be reached",
    saying: "expected provider_unavailable, but the call worked",
    broken: ({ make, isDown }) => {
      const store = make();
      return () => ({ add: async (id, until) => isDown() || (await store.add(id, until)) });
    },
  },
  {
    fault: "forgets the oldest where it is full",
    caughtBy: "room: refuses what is new rather than to forget, until something is over",
    saying: "expected provider_unavailable, but the call worked",
    broken: ({ room }) => forgetfulOf(room),
  },
  {
    fault: "is full for ever",
    caughtBy: "room: refuses what is new rather than to forget, until something is over",
    saying: "provider_unavailable",
    broken: ({ make, room }) => {
      const store = make();
      let taken = 0;
      return () => ({
        async add(id, until) {
          if (taken >= room && until > 0) throw new IdentityError("provider_unavailable");
          taken += 1;
          return store.add(id, until);
        },
      });
    },
  },
];

/** A store that has room for so many, and forgets the oldest for the newest. */
function forgetfulOf(room: number): () => ReplayStore {
  const ids = new Set<string>();
  return () => ({
    async add(id) {
      if (ids.has(id)) return false;
      const [oldest] = ids;
      if (ids.size >= room && oldest !== undefined) ids.delete(oldest);
      ids.add(id);
      return true;
    },
  });
}

import type { SharedWork } from "../../../src/ports/index.ts";

/** A place for shared work that breaks one rule, and the case that sees it. */
export interface BrokenSharedWork {
  readonly fault: string;
  readonly caughtBy: string;
  readonly breakWork: (work: SharedWork) => Partial<SharedWork>;
}

export const brokenSharedWork: readonly BrokenSharedWork[] = [
  {
    fault: "gives the work to whoever asks",
    caughtBy: "claiming: gives the work to one of fifty at once",
    breakWork: ({ claim }) => ({
      claim: (key, generation, seconds) =>
        claim(`${key}-${crypto.randomUUID()}`, generation, seconds),
    }),
  },
  {
    fault: "takes all work for the same",
    caughtBy: "claiming: keeps pieces of work apart",
    breakWork: ({ claim }) => ({
      claim: (_key, generation, seconds) => claim("one", generation, seconds),
    }),
  },
  {
    fault: "never ends a claim",
    caughtBy: "claiming: has the work done by the next once a claim is over",
    breakWork: ({ claim }) => ({ claim: (key, generation) => claim(key, generation, 1e6) }),
  },
  {
    fault: "lets a later generation push in",
    caughtBy: "claiming: asks for whoever is at it to be waited for, whatever the generation",
    breakWork: ({ claim }) => ({
      claim: (key, generation, seconds) =>
        claim(generation > 7 ? `${key}-${generation}` : key, generation, seconds),
    }),
  },
  {
    fault: "gives an outcome to its own generation alone",
    caughtBy: "settling: gives the outcome to whoever asks for its generation or one before",
    breakWork: ({ claim }) => ({
      claim: (key, generation, seconds) => claim(`${key}-${generation}`, generation, seconds),
    }),
  },
  {
    fault: "does not tell the outcome before",
    caughtBy: "settling: has a later generation done anew, by one who is told what was before",
    breakWork: ({ claim }) => ({
      async claim(key, generation, seconds) {
        const found = await claim(key, generation, seconds);
        if (found.state !== "claimed") return found;
        const { before: _before, ...claimed } = found;
        return claimed;
      },
    }),
  },
  {
    fault: "keeps outcomes for ever",
    caughtBy: "settling: keeps an outcome for its time and no longer",
    breakWork: ({ settle }) => ({
      settle: (work, outcome) => settle(work, { ...outcome, seconds: 1e6 }),
    }),
  },
  {
    fault: "releases nothing",
    caughtBy: "releasing: gives the work to the next, and takes no outcome away",
    breakWork: () => ({ release: async () => undefined }),
  },
  {
    fault: "says that an outcome is kept, and keeps none",
    caughtBy: "sharing: shows each process the work of all",
    breakWork: () => ({ settle: async () => true }),
  },
  {
    fault: "says nothing of an outage",
    caughtBy: "outage: says that the store cannot be reached",
    breakWork: () => ({}),
  },
];

import type { Revocation } from "../../../src/domain/revocation.ts";
import type { RevocationList, RevocationPage } from "../../../src/ports/index.ts";

/** A list that breaks one rule, and the case that sees it. */
export interface BrokenList {
  readonly fault: string;
  readonly caughtBy: string;
  readonly breakList: (list: RevocationList) => Partial<RevocationList>;
}

export const brokenRevocationLists: readonly BrokenList[] = [
  {
    fault: "makes something up",
    caughtBy: "reading: gives nothing where nothing was added",
    breakList: () => ({
      read: async () => ({
        revocations: [{ kind: "session", issuer: "i", sessionId: "s", until: 9_999_999_999 }],
        cursor: "1",
      }),
    }),
  },
  {
    fault: "forgets what it is told",
    caughtBy: "adding: gives what was added to whoever reads after, as it was",
    breakList: () => ({ add: async () => undefined }),
  },
  {
    fault: "mixes issuers up",
    caughtBy: "adding: keeps issuers, users and sessions of the same name apart",
    breakList: ({ add }) => ({ add: (added) => add({ ...added, issuer: "https://one.example" }) }),
  },
  {
    fault: "complains of what it knows",
    caughtBy: "adding: takes the same revocation again",
    breakList(list) {
      const seen = new Set<string>();
      return {
        async add(added) {
          if (seen.size === seen.add(JSON.stringify(added)).size) throw new Error("known");
          await list.add(added);
        },
      };
    },
  },
  {
    fault: "goes by what it was told last",
    caughtBy: "adding: takes nothing back of what was added before",
    breakList({ read }) {
      const last = new Map<string, Revocation>();
      return {
        add: async (added) => void last.set(added.kind, added),
        read: async () => ({ ...(await read()), revocations: [...last.values()] }),
      };
    },
  },
  {
    fault: "gives each page once",
    caughtBy: "cursors: give what was added since",
    breakList: ({ read }) => ({
      read: async (cursor) =>
        cursor === undefined ? read() : { ...(await read(cursor)), revocations: [] },
    }),
  },
  {
    fault: "has cursors that run ahead",
    caughtBy: "cursors: miss nothing of what is added while they are read",
    breakList(list) {
      const pending: Promise<void>[] = [];
      let begun = 0;
      return {
        async add(added) {
          begun += 1;
          const work = new Promise<void>((resolve) => setTimeout(resolve, begun % 2)).then(() =>
            list.add(added),
          );
          pending.push(work);
          await work;
        },
        async read(cursor) {
          const { revocations } = await list.read();
          const page = revocations.slice(Number(cursor ?? 0));
          return { revocations: page, cursor: String(begun) };
        },
      };
    },
  },
  {
    fault: "takes every cursor for its own",
    caughtBy: "cursors: of another list, or of none, give everything",
    breakList: ({ read }) => ({
      async read(cursor) {
        const page = await read();
        return cursor === undefined ? page : { ...page, revocations: [] };
      },
    }),
  },
  {
    fault: "gives the first thousand",
    caughtBy: "reading: gives all of many",
    breakList: ({ read }) => ({
      async read(cursor) {
        const page = await read(cursor);
        return { ...page, hasMore: false };
      },
    }),
  },
  {
    fault: "gives all at once",
    caughtBy: "parts: are short, can be had again, and give all that is added once",
    breakList: (list) => ({
      async read(cursor) {
        const parts = await partsOf(list, cursor);
        const revocations = parts.flatMap((part) => part.revocations);
        return { revocations, cursor: parts.at(-1)?.cursor ?? "" };
      },
    }),
  },
  {
    fault: "begins each part where the first began",
    caughtBy: "parts: are short, can be had again, and give all that is added once",
    breakList(list) {
      let given: readonly Revocation[] = [];
      return {
        async read(cursor) {
          const page = await list.read(cursor);
          given = [...given, ...page.revocations];
          return { ...page, revocations: given };
        },
      };
    },
  },
  {
    fault: "gives each part once",
    caughtBy: "parts: are short, can be had again, and give all that is added once",
    breakList({ read }) {
      const asked = new Set<string>();
      return {
        async read(cursor = "") {
          const page = await read(cursor);
          const isAgain = asked.size === asked.add(cursor).size;
          return isAgain && page.hasMore !== undefined ? { ...page, revocations: [] } : page;
        },
      };
    },
  },
  {
    fault: "gives what is over",
    caughtBy: "ends: gives nothing that is over, and everything else",
    breakList({ add, read }) {
      const all: Revocation[] = [];
      return {
        async add(added) {
          all.push(added);
          await add(added);
        },
        read: async (cursor) => ({ ...(await read(cursor)), revocations: all }),
      };
    },
  },
  {
    fault: "finds whatever it has",
    caughtBy: "finding: gives what is on the list of a session and of a user, and nothing else",
    breakList: (list) => ({ find: () => everythingOn(list) }),
  },
  {
    fault: "finds what begins alike",
    caughtBy: "finding: keeps names apart that begin alike, and takes any",
    breakList: (list) => ({
      async find({ issuer, subject, sessionId = "nobody" }) {
        const all = await everythingOn(list);
        return all.filter((found) =>
          found.kind === "session"
            ? found.issuer === issuer && found.sessionId.startsWith(sessionId)
            : found.subject === subject,
        );
      },
    }),
  },
  {
    fault: "finds what was added last",
    caughtBy: "finding: gives the longest of what was added again",
    breakList({ add }) {
      let last: Revocation | undefined;
      return {
        async add(added) {
          last = added;
          await add(added);
        },
        find: async () => (last ? [last] : []),
      };
    },
  },
  {
    fault: "finds what is over",
    caughtBy: "finding: gives nothing that is over, and everything else",
    breakList({ add }) {
      const all: Revocation[] = [];
      return {
        async add(added) {
          all.push(added);
          await add(added);
        },
        find: async () => all,
      };
    },
  },
  {
    fault: "is silent of an outage",
    caughtBy: "outage: says that the list cannot be had, whatever is asked of it",
    breakList: () => ({}),
  },
];

async function partsOf(list: RevocationList, cursor?: string): Promise<readonly RevocationPage[]> {
  const part = await list.read(cursor);
  return part.hasMore ? [part, ...(await partsOf(list, part.cursor))] : [part];
}

async function everythingOn(list: RevocationList): Promise<readonly Revocation[]> {
  return (await partsOf(list)).flatMap(({ revocations }) => revocations);
}

import { type BrokenProvider, breaking, insteadOf } from "../broken-provider.ts";

export const brokenSessionPages: readonly BrokenProvider[] = [
  {
    fault: "loses a session between pages",
    caughtBy: "session pages: give every session once, the current one too",
    saying: "expected the number of sessions to be 5, but it is 3",
    breakParts: breaking((identity) => ({
      async listSessions(input) {
        const { items, ...page } = await identity.listSessions(input);
        return { ...page, items: input.cursor === undefined ? items : items.slice(1) };
      },
    })),
  },
  {
    fault: "gives all sessions at once, however few are asked for",
    caughtBy: "session pages: give no more sessions than were asked for",
    saying: "expected that there are two at most, but that is not so",
    breakParts: breaking((identity) => ({
      listSessions: (input) => identity.listSessions({ ...input, limit: 60 }),
    })),
  },
  {
    fault: "counts the sessions before a page, which may have ended meanwhile",
    caughtBy: "session pages: lose no session where others end in between",
    saying: "expected what comes after the first page to be",
    breakParts: breaking((identity) => ({
      async listSessions({ accessToken, limit, cursor = "0" }) {
        const { items } = await identity.listSessions({ accessToken, limit: 60 });
        const end = Number(cursor) + limit;
        const next = end < items.length && { cursor: String(end) };
        return { items: items.slice(Number(cursor), end), ...next };
      },
    })),
  },
  {
    fault: "goes by the user of a cursor",
    caughtBy: "session pages: tell nothing of another user by a cursor of theirs",
    saying: "expected that no session of the other user is listed, but that is not so",
    breakParts: breaking((identity) => {
      const tokens = new Map<string, string>();
      return {
        async listSessions(input) {
          const accessToken = tokens.get(input.cursor ?? "") ?? input.accessToken;
          const page = await identity.listSessions({ ...input, accessToken });
          if (page.cursor !== undefined) tokens.set(page.cursor, accessToken);
          return page;
        },
      };
    }),
  },
  {
    fault: "starts over where it does not know the cursor",
    caughtBy: "session pages: refuse a cursor that was never given",
    saying: "expected validation_failed, but the call worked",
    breakParts: breaking((identity) => ({
      listSessions: ({ accessToken, ...input }) =>
        insteadOf("validation_failed", identity.listSessions({ accessToken, ...input }), () =>
          identity.listSessions({ accessToken, limit: input.limit }),
        ),
    })),
  },
];

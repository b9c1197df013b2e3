import { type BrokenProvider, breaking, insteadOf } from "../broken-provider.ts";

export const brokenSessionList: readonly BrokenProvider[] = [
  {
    fault: "lists the oldest session first",
    caughtBy: "session list: tells when each sign-in was, the newest first",
    saying: "expected that the newest began just now, in seconds, but that is not so",
    breakParts: breaking((identity) => ({
      async listSessions(input) {
        const { items, ...page } = await identity.listSessions(input);
        return { ...page, items: items.toReversed() };
      },
    })),
  },
  {
    fault: "makes a session of every refresh",
    caughtBy: "session list: goes on with a session when it is refreshed",
    saying: "expected the sessions to be",
    breakParts: breaking((identity) => {
      let refreshes = 0;
      return {
        refresh(input) {
          refreshes += 1;
          return identity.refresh(input);
        },
        async listSessions(input) {
          const { items, ...page } = await identity.listSessions(input);
          return {
            ...page,
            items: items.map(({ id, ...one }) => ({ ...one, id: id + refreshes })),
          };
        },
      };
    }),
  },
  {
    fault: "lists what has ended",
    caughtBy: "session list: leaves out what was signed out",
    saying: "expected that the session is gone, but that is not so",
    breakParts: breaking((identity) => ({ signOut: async () => void identity })),
  },
  {
    fault: "lists sessions of everybody",
    caughtBy: "session list: tells nothing of other users",
    saying: "expected that the session is not listed, but that is not so",
    breakParts: breaking((identity) => {
      const tokens = new Set<string>();
      return {
        async listSessions(input) {
          tokens.add(input.accessToken);
          const pages = [...tokens].map((accessToken) =>
            identity.listSessions({ ...input, accessToken }),
          );
          return { items: (await Promise.all(pages)).flatMap(({ items }) => items) };
        },
      };
    }),
  },
  {
    fault: "complains of a session that has ended",
    caughtBy: "session list: ends a session as often as one likes",
    saying: "expected a step to work, but it threw not_found",
    breakParts: breaking((identity) => {
      const ended = new Set<string>();
      return {
        endSession({ accessToken, sessionId }) {
          const known = ended.has(sessionId) ? "unknown" : sessionId;
          ended.add(sessionId);
          return identity.endSession({ accessToken, sessionId: known });
        },
      };
    }),
  },
  {
    fault: "plays along when an invented session is to be ended",
    caughtBy: "session list: ends no session that there never was",
    saying: "expected not_found, but the call worked",
    breakParts: breaking((identity) => ({
      endSession: (input) => insteadOf("not_found", identity.endSession(input), () => undefined),
    })),
  },
  {
    fault: "signs out by the list",
    caughtBy: "session list: does not end the session that asks",
    saying: "expected conflict, but the call worked",
    breakParts: breaking((identity) => ({
      endSession: (input) =>
        insteadOf("conflict", identity.endSession(input), () => identity.signOutEverywhere(input)),
    })),
  },
];

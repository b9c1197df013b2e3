import { type BrokenProvider, breaking, caughtByEach, insteadOf } from "../broken-provider.ts";

/** Looks for users by one kind of filter alone, and finds nobody by any other. */
function findsNobody(isLost: (filter: { field: string; operator: string }) => boolean) {
  return breaking((identity) => ({
    listUsers: async (input) =>
      input.filter && isLost(input.filter) ? { items: [] } : identity.listUsers(input),
  }));
}

export const brokenUserListings: readonly BrokenProvider[] = [
  {
    fault: "finds nobody by an address",
    caughtBy: "user listing: finds a user by e-mail address",
    saying: "expected the number of users found to be 1, but it is 0",
    breakParts: findsNobody(({ field }) => field === "email"),
  },
  {
    fault: "finds nobody by how a value begins",
    caughtBy: "user listing: finds users by how a value begins",
    saying: "expected the number of users found to be 1, but it is 0",
    breakParts: findsNobody(({ operator }) => operator === "starts_with"),
  },
  ...caughtByEach(
    {
      fault: "finds everyone by a status",
      breakParts: breaking((identity) => ({
        listUsers: ({ limit, cursor, filter }) =>
          identity.listUsers({
            limit,
            ...(cursor !== undefined && { cursor }),
            ...(filter && !["status", "enabled"].includes(filter.field) && { filter }),
          }),
      })),
    },
    [
      "user listing: tells by status who is not confirmed",
      "expected that no confirmed user is among them, but that is not so",
    ],
    [
      "user listing: tells who is disabled",
      "expected that no enabled user is among them, but that is not so",
    ],
  ),
  {
    fault: "gives more users than were asked for",
    caughtBy: "user listing: gives no more users than were asked for",
    saying: "expected that there are two at most, but that is not so",
    breakParts: breaking((identity) => ({
      listUsers: (input) => identity.listUsers({ ...input, limit: 60 }),
    })),
  },
  {
    fault: "takes any cursor for the last",
    caughtBy: "user listing: refuses a cursor that it never gave",
    saying: "expected validation_failed, but the call worked",
    breakParts: breaking((identity) => ({
      listUsers: (input) =>
        insteadOf("validation_failed", identity.listUsers(input), () => ({ items: [] })),
    })),
  },
];

export const brokenGroups: readonly BrokenProvider[] = [
  {
    fault: "keeps groups as they were at the sign-in",
    caughtBy: "groups: reach the tokens at the next refresh",
    saying: "expected the groups to be",
    breakParts: breaking((identity) => {
      let first: string | undefined;
      return {
        async signIn(input) {
          const result = await identity.signIn(input);
          if (result.status === "signed_in") first = result.tokens.accessToken;
          return result;
        },
        async refresh(input) {
          const tokens = await identity.refresh(input);
          return { ...tokens, accessToken: first ?? tokens.accessToken };
        },
      };
    }),
  },
  {
    fault: "takes nobody out of a group",
    caughtBy: "groups: are gone from the tokens after a user left",
    saying: "expected the groups to be",
    breakParts: breaking(() => ({ removeFromGroup: async () => undefined })),
  },
  {
    fault: "loses groups between pages",
    caughtBy: "groups: are listed, page by page",
    saying: "expected the groups to be",
    breakParts: breaking((identity) => ({
      async listUserGroups(input) {
        const { items } = await identity.listUserGroups(input);
        return { items };
      },
    })),
  },
  {
    fault: "lists a user's groups twice",
    caughtBy: "groups: have a user once",
    saying: "expected the groups to be",
    breakParts: breaking((identity) => ({
      async listUserGroups(input) {
        const { items } = await identity.listUserGroups(input);
        return { items: [...items, ...items] };
      },
    })),
  },
  {
    fault: "complains of a user who is not in a group",
    caughtBy: "groups: can be left by a user who is not in them",
    saying: "expected a step to work, but it threw group_not_found",
    breakParts: breaking((identity) => ({
      async removeFromGroup(input) {
        const { items } = await identity.listUserGroups({ ...input, limit: 60 });
        const group = items.includes(input.group) ? input.group : "another";
        await identity.removeFromGroup({ ...input, group });
      },
    })),
  },
  {
    fault: "puts everybody into a group with one",
    caughtBy: "groups: have only the users who were put in",
    saying: "expected the groups of another user to be []",
    breakParts: breaking((identity) => {
      const names = new Set<string>();
      return {
        signIn(input) {
          names.add(input.username);
          return identity.signIn(input);
        },
        async addToGroup({ group }) {
          for (const username of names) await identity.addToGroup({ username, group });
        },
      };
    }),
  },
  {
    fault: "has groups of users who do not exist",
    caughtBy: "groups: take nobody in who does not exist",
    saying: "expected user_not_found, but the call worked",
    breakParts: breaking(() => ({ addToGroup: async () => undefined })),
  },
];

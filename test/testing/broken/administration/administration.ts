import {
  type BrokenProvider,
  breaking,
  breakingOther,
  fail,
  insteadOf,
  welcome,
} from "../broken-provider.ts";

export const brokenAdministration: readonly BrokenProvider[] = [
  {
    fault: "deletes users who do not exist",
    caughtBy: "administration: says who does not exist",
    saying: "expected user_not_found, but the call worked",
    breakParts: breaking((identity) => ({
      deleteUser: (input) =>
        insteadOf("user_not_found", identity.deleteUser(input), () => undefined),
    })),
  },
  {
    fault: "disables nobody",
    caughtBy: "administration: lets a disabled user do nothing",
    saying: "expected whether it is enabled to be false, but it is true",
    breakParts: breaking(() => ({ disableUser: async () => undefined })),
  },
  {
    fault: "leaves the tokens of a user alive who was signed out",
    caughtBy: "administration: ends every session of a user",
    saying: "expected token_revoked, but the call worked",
    breakParts: breaking(() => ({ signOutUser: async () => undefined })),
  },
  {
    fault: "takes an administrator's word for a proof of an address",
    caughtBy: "administration: confirms a sign-up, and proves no address",
    saying: "expected that the address is not proven, but that is not so",
    breakParts: breaking((identity) => ({
      async confirmUser({ username }) {
        await identity.confirmUser({ username });
        await identity.updateUser({ username, attributes: { email_verified: "true" } });
      },
    })),
  },
  {
    fault: "signs a user out whose password is set",
    caughtBy: "administration: ends no session by setting a password",
    saying: "expected a step to work, but it threw invalid_refresh_token",
    breakParts: breaking((identity) => ({
      async setPassword(input) {
        await identity.setPassword(input);
        await identity.signOutUser(input);
      },
    })),
  },
  {
    fault: "makes every password that is set a lasting one",
    caughtBy: "administration: sets a password for the next sign-in",
    saying: "expected a new_password challenge, but tokens came",
    breakParts: breaking((identity) => ({
      setPassword: (input) => identity.setPassword({ ...input, isPermanent: true }),
    })),
  },
  {
    fault: "invites whoever is there already",
    caughtBy: "invitations: take no name that is in use",
    saying: "expected username_taken or alias_taken, but the call worked",
    breakParts: breaking((identity) => ({
      createUser: (input) =>
        insteadOf("username_taken", identity.createUser(input), () => identity.getUser(input)),
    })),
  },
  {
    fault: "sends invitations unasked",
    caughtBy: "invitations: are sent once, or not at all where that is asked for",
    saying: "expected sent unasked to be 0, but it is 1",
    breakParts: breaking((identity) => ({
      createUser: (input) => identity.createUser({ ...input, invite: true }),
    })),
  },
  {
    fault: "loses a user between pages",
    caughtBy: "user listing: gives every user once, page by page",
    saying: "expected the number of users to be 5, but it is 3",
    breakParts: breaking((identity) => ({
      async listUsers(input) {
        const { items, ...page } = await identity.listUsers(input);
        return { ...page, items: input.cursor === undefined ? items : items.slice(1) };
      },
    })),
  },
  {
    fault: "lists everyone, whatever is looked for",
    caughtBy: "user listing: finds nobody where nobody is",
    saying: "expected the number of users to be 0, but it is",
    breakParts: breaking((identity) => ({
      listUsers: async ({ limit }) => {
        const page = await identity.listUsers({ limit });
        return page.items.length > 0 ? page : { items: [await identity.createUser(anyone)] };
      },
    })),
  },
  {
    fault: "puts users into groups that do not exist",
    caughtBy: "groups: take nobody in that do not exist",
    saying: "expected group_not_found, but the call worked",
    breakParts: breaking((identity) => ({
      addToGroup: (input) =>
        insteadOf("group_not_found", identity.addToGroup(input), () => undefined),
    })),
  },
  {
    fault: "keeps groups out of its tokens",
    caughtBy: "groups: reach the tokens at the next sign-in",
    saying: 'expected the groups to be ["group-',
    breakParts: ({ tokens }) => ({
      tokens: {
        async verify(accessToken) {
          const principal = await tokens.verify(accessToken);
          return principal.kind === "user" ? { ...principal, groups: [] } : principal;
        },
      },
    }),
  },
  {
    fault: "lets users in whom nobody has approved",
    caughtBy: "approval: is told to be wanting only to who knows the password",
    saying: "expected user_not_confirmed, but the call worked",
    breakParts: breakingOther("signUpApproval", (identity) => ({
      signIn: (input) => insteadOf("user_not_confirmed", identity.signIn(input), () => welcome),
    })),
  },
  {
    fault: "declares what it cannot do",
    caughtBy:
      "capabilities: has the methods for lists of sessions where it declares them, and not_supported elsewhere",
    saying: "listSessions throws not_supported, though session_list is declared",
    breakParts: breaking(() => ({ listSessions: async () => fail("not_supported") })),
  },
  {
    fault: "does more than it declares",
    caughtBy:
      "capabilities: has the methods for lists of sessions where it declares them, and not_supported elsewhere",
    saying:
      "expected listSessions to throw not_supported, as session_list is not declared, but it does not",
    breakParts: breaking(({ capabilities }) => ({
      capabilities: new Set([...capabilities].filter((name) => name !== "session_list")),
    })),
  },
  {
    fault: "sends no other invitation",
    caughtBy: "invitations: are sent again with another password, in place of the one before",
    saying: "expected that the password is another one, but that is not so",
    breakParts: breaking(() => ({ resendInvitation: async () => undefined })),
  },
];

const anyone = { username: "anyone@example.com", attributes: {} };

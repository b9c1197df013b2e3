import { expectCode, expectEqual, expectThat } from "../../expectations.ts";
import { contractCaseWith } from "../contract-case.ts";
import type { HarnessControls, IdentityProviderHarness } from "../harness.ts";
import { givenUser, signedInUser, signIn } from "../steps/account-steps.ts";

const grouped = { needs: ["groups"] } as const;
const withGroups = { ...grouped, requires: ["groups"] } as const;

/** The cases of `Administration` on groups. */
export const groupCases = [
  contractCaseWith(
    withGroups,
    "groups: reach the tokens at the next sign-in",
    async (harness, { groups }) => {
      const user = await givenUser(harness);
      const group = await createGroup(groups);

      await harness.identity.addToGroup({ username: user.username, group });

      const { accessToken } = await signIn(harness, user);
      expectEqual("the groups", await groupsOf(harness, accessToken), [group]);
    },
  ),

  contractCaseWith(
    withGroups,
    "groups: reach the tokens at the next refresh",
    async (harness, { groups }) => {
      const { username, refreshToken } = await signedInUser(harness);
      const group = await createGroup(groups);
      await harness.identity.addToGroup({ username, group });

      const refreshed = await harness.identity.refresh({ refreshToken });

      expectEqual("the groups", await groupsOf(harness, refreshed.accessToken), [group]);
    },
  ),

  contractCaseWith(
    withGroups,
    "groups: are gone from the tokens after a user left",
    async (harness, { groups }) => {
      const user = await givenUser(harness);
      const { username } = user;
      const [left, kept] = [await createGroup(groups), await createGroup(groups)];
      await harness.identity.addToGroup({ username, group: left });
      await harness.identity.addToGroup({ username, group: kept });

      await harness.identity.removeFromGroup({ username, group: left });

      const { accessToken } = await signIn(harness, user);
      expectEqual("the groups", await groupsOf(harness, accessToken), [kept]);
    },
  ),

  contractCaseWith(withGroups, "groups: are listed, page by page", async (harness, { groups }) => {
    const { username } = await givenUser(harness);
    const names = [await createGroup(groups), await createGroup(groups), await createGroup(groups)];
    for (const group of names) await harness.identity.addToGroup({ username, group });

    const first = await harness.identity.listUserGroups({ username, limit: 2 });
    const listed = [...first.items];
    for (let { cursor } = first; cursor !== undefined; ) {
      const page = await harness.identity.listUserGroups({ username, limit: 2, cursor });
      listed.push(...page.items);
      cursor = page.cursor;
    }

    expectThat("a page has two at most", first.items.length <= 2);
    expectEqual("the groups", listed.toSorted(), names.toSorted());
  }),

  contractCaseWith(withGroups, "groups: have a user once", async (harness, { groups }) => {
    const { username } = await givenUser(harness);
    const group = await createGroup(groups);

    await harness.identity.addToGroup({ username, group });
    await harness.identity.addToGroup({ username, group });

    const { items } = await harness.identity.listUserGroups({ username, limit: 60 });
    expectEqual("the groups", items, [group]);
  }),

  contractCaseWith(
    withGroups,
    "groups: can be left by a user who is not in them",
    async (harness, { groups }) => {
      const { username } = await givenUser(harness);
      const group = await createGroup(groups);

      await harness.identity.removeFromGroup({ username, group });
    },
  ),

  contractCaseWith(
    withGroups,
    "groups: have only the users who were put in",
    async (harness, { groups }) => {
      const { username } = await givenUser(harness);
      const other = await signedInUser(harness);
      const group = await createGroup(groups);

      await harness.identity.addToGroup({ username, group });

      const { refreshToken } = other;
      const { accessToken } = await harness.identity.refresh({ refreshToken });
      expectEqual("the groups of another user", await groupsOf(harness, accessToken), []);
    },
  ),

  contractCaseWith(grouped, "groups: take nobody in that do not exist", async (harness) => {
    const { username } = await givenUser(harness);
    const missing = { username, group: newGroupName() };

    await expectCode(harness.identity.addToGroup(missing), "group_not_found");
    await expectCode(harness.identity.removeFromGroup(missing), "group_not_found");
  }),

  contractCaseWith(
    withGroups,
    "groups: take nobody in who does not exist",
    async (harness, { groups }) => {
      const { username } = harness.newUser();
      const group = await createGroup(groups);
      const { identity } = harness;

      await expectCode(identity.addToGroup({ username, group }), "user_not_found");
      await expectCode(identity.removeFromGroup({ username, group }), "user_not_found");
      await expectCode(identity.listUserGroups({ username, limit: 60 }), "user_not_found");
    },
  ),
];

async function createGroup(groups: HarnessControls["groups"]): Promise<string> {
  const name = newGroupName();
  await groups.create(name);
  return name;
}

function newGroupName(): string {
  return `group-${crypto.randomUUID()}`;
}

async function groupsOf(
  { tokens }: IdentityProviderHarness,
  accessToken: string,
): Promise<readonly string[]> {
  const principal = await tokens.verify(accessToken);
  expectThat("the token speaks for a user", principal.kind === "user");
  return principal.groups;
}

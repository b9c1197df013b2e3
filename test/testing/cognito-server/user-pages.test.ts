import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  CreateGroupCommand,
  DeleteGroupCommand,
  ListGroupsCommand,
  ListUsersCommand,
  ListUsersInGroupCommand,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import { describe, expect, test } from "vitest";
import { refusalOf, startWorld, type World } from "./support.ts";

const invalidToken = "InvalidParameterException: Invalid pagination token given.";
const addresses = ["e", "d", "c", "b", "a"].map((name) => `user-${name}@example.com`);

/** A page of addresses or names, and what the next is asked for with. */
interface Page {
  readonly items: readonly (string | undefined)[];
  readonly next: string | undefined;
}

async function withUsers(): Promise<World> {
  const world = await startWorld();
  await createGroup(world, "readers");
  for (const Username of addresses) {
    const user = { UserPoolId: world.poolId, Username };
    await world.sdk.send(new AdminCreateUserCommand({ ...user, MessageAction: "SUPPRESS" }));
    await world.sdk.send(new AdminAddUserToGroupCommand({ ...user, GroupName: "readers" }));
  }
  return world;
}

function createGroup(world: World, GroupName: string) {
  return world.sdk.send(new CreateGroupCommand({ UserPoolId: world.poolId, GroupName }));
}

function deleteUser({ sdk, poolId: UserPoolId }: World, Username: string) {
  return sdk.send(new AdminDeleteUserCommand({ UserPoolId, Username }));
}

function addressesOf(users: readonly UserType[] = []) {
  return users.map(({ Attributes }) => Attributes?.find(({ Name }) => Name === "email")?.Value);
}

function listUsers(Filter?: string) {
  return async ({ sdk, poolId: UserPoolId }: World, PaginationToken?: string): Promise<Page> => {
    const page = await sdk.send(
      new ListUsersCommand({ UserPoolId, Limit: 2, Filter, PaginationToken }),
    );
    return { items: addressesOf(page.Users), next: page.PaginationToken };
  };
}

async function listMembers({ sdk, poolId }: World, NextToken?: string): Promise<Page> {
  const group = { UserPoolId: poolId, GroupName: "readers" };
  const page = await sdk.send(new ListUsersInGroupCommand({ ...group, Limit: 2, NextToken }));
  return { items: addressesOf(page.Users), next: page.NextToken };
}

describe("pages of users", () => {
  const byAddress = addresses.toReversed();

  test.each([
    ["of all", listUsers(), addresses],
    ["whose status is the same", listUsers('status = "Enabled"'), addresses],
    ["whose addresses begin alike", listUsers('email ^= "USER-"'), byAddress],
    ["of a group", listMembers, addresses],
  ])(
    "go on where the one before ended, whoever was deleted since: %s",
    async (_case, list, order) => {
      const world = await withUsers();

      const first = await list(world);
      for (const gone of [order[1], order[2]]) await deleteUser(world, String(gone));
      const second = await list(world, first.next);

      expect(first.items).toEqual(order.slice(0, 2));
      expect(second).toEqual({ items: order.slice(3), next: undefined });
    },
  );

  test.each([
    ["an invented one", listUsers(), "invented"],
    ["a number", listMembers, "2"],
  ])("are refused for %s", async (_case, list, token) => {
    const world = await withUsers();

    expect(await refusalOf(list(world, token))).toBe(invalidToken);
  });

  test("are refused with what another listing gave", async () => {
    const world = await withUsers();
    const { next } = await listUsers()(world);

    expect(await refusalOf(listUsers('email ^= "user"')(world, next))).toBe(invalidToken);
    expect(await refusalOf(listMembers(world, next))).toBe(invalidToken);
  });
});

test("pages of groups go on where the one before ended, whichever was deleted since", async () => {
  const world = await startWorld();
  for (const name of ["c", "a", "e", "b", "d"]) await createGroup(world, name);
  const list = async (NextToken?: string) => {
    const page = { UserPoolId: world.poolId, Limit: 2, NextToken };
    const { Groups = [], NextToken: next } = await world.sdk.send(new ListGroupsCommand(page));
    return { items: Groups.map(({ GroupName }) => GroupName), next };
  };

  const first = await list();
  for (const GroupName of ["b", "c"])
    await world.sdk.send(new DeleteGroupCommand({ UserPoolId: world.poolId, GroupName }));

  expect(first.items).toEqual(["a", "b"]);
  expect(await list(first.next)).toEqual({ items: ["d", "e"], next: undefined });
  expect(await refusalOf(list("invented"))).toBe(invalidToken);
});

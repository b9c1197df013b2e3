import { createAdministration } from "../../../adapters/memory/administration/administration.ts";
import { inCognitosWords, say } from "../answers/wording.ts";
import { poolOf, type UserPool } from "../directory/directory.ts";
import { signInNameOf, userNamed } from "../users/user-names.ts";
import { pageOfPool } from "../users/user-pages.ts";
import { listedUser } from "../users/user-records.ts";
import { integer, required, text } from "../wire/constraints.ts";
import { groupName, paginationToken, poolId, username } from "../wire/members.ts";
import { pageByName, pageOf } from "../wire/pages.ts";
import { seconds } from "../wire/times.ts";
import { signedOperation, type WireOperation } from "./operation.ts";

const ofPool = { UserPoolId: required(poolId) };
const ofGroup = { ...ofPool, GroupName: required(groupName) };
const details = {
  Description: text({ max: 2048 }),
  RoleArn: text({ min: 20, max: 2048, pattern: /^arn:[\w+=/,.@-]+:/ }),
  Precedence: integer(0, 2 ** 31 - 1),
};
const paged = { Limit: integer(0, 60), NextToken: paginationToken };

/** The operations on groups. */
export const groupOperations = {
  CreateGroup: signedOperation(
    { ...ofGroup, ...details },
    async (directory, { UserPoolId, GroupName, Precedence, ...rest }) => {
      const pool = poolOf(directory, UserPoolId);
      const group = { name: GroupName, ...engineGroupOf({ Precedence, RoleArn: rest.RoleArn }) };
      await inCognitosWords(async () => pool.engine.groups.create(group), {
        conflict: say("GroupExists", "A group with the name already exists."),
      });
      const now = directory.settings.clock.now();
      pool.groups.set(GroupName, { ...rest, createdAt: now, updatedAt: now });
      return { Group: describeGroup(pool, GroupName) };
    },
  ),

  GetGroup: signedOperation(ofGroup, async (directory, { UserPoolId, GroupName }) =>
    inCognitosWords(async () => ({
      Group: describeGroup(poolOf(directory, UserPoolId), GroupName),
    })),
  ),

  UpdateGroup: signedOperation(
    { ...ofGroup, ...details },
    async (directory, { UserPoolId, GroupName, Precedence, ...rest }) => {
      const pool = poolOf(directory, UserPoolId);
      const change = engineGroupOf({ Precedence, RoleArn: rest.RoleArn });
      await inCognitosWords(async () => pool.engine.groups.update(GroupName, change));
      const { createdAt = 0, ...before } = pool.groups.get(GroupName) ?? {};
      const updatedAt = directory.settings.clock.now();
      pool.groups.set(GroupName, { ...before, ...rest, createdAt, updatedAt });
      return { Group: describeGroup(pool, GroupName) };
    },
  ),

  DeleteGroup: signedOperation(ofGroup, async (directory, { UserPoolId, GroupName }) => {
    const { engine, groups } = poolOf(directory, UserPoolId);
    await inCognitosWords(async () => engine.groups.get(GroupName));
    engine.groups.remove(GroupName);
    groups.delete(GroupName);
    return {};
  }),

  ListGroups: signedOperation(
    { ...ofPool, ...paged },
    (directory, { UserPoolId, Limit, NextToken }) => {
      const pool = poolOf(directory, UserPoolId);
      const { listAfter } = pool.engine.groups;
      const { items, next } = pageByName(listAfter, Limit || 60, NextToken);
      const groups = items.map(({ name }) => describeGroup(pool, name));
      return { Groups: groups, ...(next && { NextToken: next }) };
    },
  ),

  ListUsersInGroup: signedOperation(
    { ...ofGroup, ...paged },
    async (directory, { UserPoolId, GroupName, Limit, NextToken }) => {
      const pool = poolOf(directory, UserPoolId);
      const { id: groupId } = await inCognitosWords(async () => pool.engine.groups.get(GroupName));
      const page = { limit: Limit || 60, token: NextToken };
      const { items, next } = pageOfPool(pool, { kind: "group", groupId }, page);
      return { Users: items.map((user) => listedUser(user)), ...(next && { NextToken: next }) };
    },
  ),

  AdminListGroupsForUser: signedOperation(
    { ...ofPool, Username: required(username), ...paged },
    async (directory, { UserPoolId, Username, Limit, NextToken }) => {
      const pool = poolOf(directory, UserPoolId);
      const { groupIds } = await inCognitosWords(async () => userNamed(pool.engine, Username));
      const names = pool.engine.groups.withIds(groupIds).map(({ name }) => name);
      const { items, next } = pageOf(names, Limit || 60, NextToken);
      const groups = items.map((name) => describeGroup(pool, name));
      return { Groups: groups, ...(next && { NextToken: next }) };
    },
  ),

  AdminAddUserToGroup: membershipChange("addToGroup"),
  AdminRemoveUserFromGroup: membershipChange("removeFromGroup"),
};

function engineGroupOf({
  Precedence: precedence,
  RoleArn: role,
}: {
  readonly Precedence: number | undefined;
  readonly RoleArn: string | undefined;
}) {
  return { ...(precedence !== undefined && { precedence }), ...(role !== undefined && { role }) };
}

function membershipChange(method: "addToGroup" | "removeFromGroup"): WireOperation {
  return signedOperation(
    { ...ofGroup, Username: required(username) },
    async (directory, { UserPoolId, Username, GroupName: group }) => {
      const { engine } = poolOf(directory, UserPoolId);
      const administration = createAdministration(engine);
      const named = { username: signInNameOf(engine, Username), group };
      await inCognitosWords(() => administration[method](named));
      return {};
    },
  );
}

/** @throws {IdentityError} `group_not_found` — there is no such group */
function describeGroup({ id, engine, groups }: UserPool, groupName: string): object {
  const { name, precedence } = engine.groups.get(groupName);
  const { createdAt = 0, updatedAt = 0, ...rest } = groups.get(name) ?? {};
  return {
    ...rest,
    GroupName: name,
    UserPoolId: id,
    ...(precedence !== undefined && { Precedence: precedence }),
    CreationDate: seconds(createdAt),
    LastModifiedDate: seconds(updatedAt),
  };
}

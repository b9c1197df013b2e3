import type { AdministrationBy } from "../../domain/use-cases/administration.ts";
import { providerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { GroupsResponse } from "../schemas/administration.ts";
import { GroupParams, PageQuery, UsernameParams } from "../schemas/parameters.ts";

const tag = "Administration";

export const adminGroupOperations = {
  adminListGroups: {
    method: "get",
    path: "/v1/admin/users/{username}/groups",
    tag,
    summary: "List a user's groups",
    description:
      "Lists the groups that a user is in. They reach tokens at the next sign-in or refresh.",
    bearer: "administrator",
    params: UsernameParams,
    query: PageQuery,
    answer: { status: 200, description: "A page of groups.", schema: GroupsResponse },
    codes: [...providerCodes, "user_not_found"],
  },
  adminAddToGroup: {
    method: "put",
    path: "/v1/admin/users/{username}/groups/{group}",
    tag,
    summary: "Put a user into a group",
    description: "Puts a user into a group that exists. One who is in it already stays.",
    bearer: "administrator",
    params: GroupParams,
    answer: { status: 204, description: "The user is in the group." },
    codes: [...providerCodes, "user_not_found", "group_not_found"],
  },
  adminRemoveFromGroup: {
    method: "delete",
    path: "/v1/admin/users/{username}/groups/{group}",
    tag,
    summary: "Take a user out of a group",
    description:
      "Takes a user out of a group, and ends the access tokens that may name it: a refresh gives others. One who is not in it is no error.",
    bearer: "administrator",
    params: GroupParams,
    answer: { status: 204, description: "The user is not in the group." },
    codes: [...providerCodes, "user_not_found", "group_not_found"],
  },
} as const satisfies Operations;

export function adminGroupHandlers(by: AdministrationBy): Handlers<typeof adminGroupOperations> {
  return {
    async adminListGroups({ caller, params, query }, ports) {
      const { items, cursor } = await by(caller, ports).listUserGroups({ ...params, ...query });
      return { groups: [...items], ...(cursor !== undefined && { cursor }) };
    },
    async adminAddToGroup({ caller, params }, ports) {
      await by(caller, ports).addToGroup(params);
      return undefined;
    },
    async adminRemoveFromGroup({ caller, params }, ports) {
      await by(caller, ports).removeFromGroup(params);
      return undefined;
    },
  };
}

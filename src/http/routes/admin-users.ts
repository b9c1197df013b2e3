import type { AdministrationBy } from "../../domain/use-cases/administration.ts";
import { providerCodes } from "../error-codes.ts";
import type { Handlers, Operations } from "../operation.ts";
import { withMetadata } from "../request/client-metadata.ts";
import { parseUserFilter } from "../request/scim-filter.ts";
import {
  CreateUserRequest,
  UpdateUserRequest,
  UserRecord,
  UsersResponse,
} from "../schemas/administration.ts";
import { UsernameParams, UsersQuery } from "../schemas/parameters.ts";
import { attributeValues, userRecordView } from "../views/user-view.ts";

const tag = "Administration";

export const adminUserOperations = {
  adminListUsers: {
    method: "get",
    path: "/v1/admin/users",
    tag,
    summary: "List users",
    description:
      "Lists users in an order that stays the same from page to page. A user who was just changed may show late.",
    bearer: "administrator",
    query: UsersQuery,
    answer: { status: 200, description: "A page of users.", schema: UsersResponse },
    codes: providerCodes,
  },
  adminCreateUser: {
    method: "post",
    path: "/v1/admin/users",
    tag,
    summary: "Create a user",
    description:
      "Creates an account with a temporary password, which is to be replaced at the first sign-in, and tells its user.",
    bearer: "administrator",
    body: CreateUserRequest,
    answer: { status: 201, description: "The account was created.", schema: UserRecord },
    codes: [
      ...providerCodes,
      "username_taken",
      "alias_taken",
      "attribute_not_writable",
      "password_policy_violation",
      "password_compromised",
      "delivery_failed",
    ],
  },
  adminGetUser: {
    method: "get",
    path: "/v1/admin/users/{username}",
    tag,
    summary: "Read a user",
    description: "Gives a user, named by anything that the user could sign in with.",
    bearer: "administrator",
    params: UsernameParams,
    answer: { status: 200, description: "The user.", schema: UserRecord },
    codes: [...providerCodes, "user_not_found"],
  },
  adminUpdateUser: {
    method: "patch",
    path: "/v1/admin/users/{username}",
    tag,
    summary: "Change a user",
    description: "Sets attributes of a user; a blank value deletes one. Nothing is sent.",
    bearer: "administrator",
    params: UsernameParams,
    body: UpdateUserRequest,
    answer: { status: 204, description: "The attributes are set." },
    codes: [...providerCodes, "user_not_found", "attribute_not_writable", "alias_taken"],
  },
  adminDeleteUser: {
    method: "delete",
    path: "/v1/admin/users/{username}",
    tag,
    summary: "Delete a user",
    description:
      "Deletes an account for good, which is also how a sign-up is denied: every token of it is dead and its user name is free again.",
    bearer: "administrator",
    params: UsernameParams,
    answer: { status: 204, description: "The account is gone." },
    codes: [...providerCodes, "user_not_found"],
  },
} as const satisfies Operations;

export function adminUserHandlers(by: AdministrationBy): Handlers<typeof adminUserOperations> {
  return {
    async adminListUsers({ caller, query: { filter, ...page } }, ports) {
      const narrowed = filter !== undefined && { filter: parseUserFilter(filter) };
      const { items, cursor } = await by(caller, ports).listUsers({ ...page, ...narrowed });
      return { users: items.map(userRecordView), ...(cursor !== undefined && { cursor }) };
    },
    async adminCreateUser({ caller, body }, ports) {
      const { attributes = {}, temporary_password: temporaryPassword, invite, ...others } = body;
      const user = await by(caller, ports).createUser({
        ...withMetadata(others),
        attributes: attributeValues(attributes),
        ...(temporaryPassword !== undefined && { temporaryPassword }),
        ...(invite !== undefined && { invite }),
      });
      return userRecordView(user);
    },
    adminGetUser: async ({ caller, params }, ports) =>
      userRecordView(await by(caller, ports).getUser(params)),
    async adminUpdateUser({ caller, params: { username }, body }, ports) {
      const attributes = attributeValues(body.attributes);
      await by(caller, ports).updateUser({ ...withMetadata(body), username, attributes });
      return undefined;
    },
    async adminDeleteUser({ caller, params }, ports) {
      await by(caller, ports).deleteUser(params);
      return undefined;
    },
  };
}

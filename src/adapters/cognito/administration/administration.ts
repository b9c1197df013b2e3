import type { UserRecord } from "../../../domain/administration.ts";
import type { Administration } from "../../../ports/index.ts";
import { isJsonObject } from "../../shared/json-object.ts";
import { withoutBlanks, writeAttributes } from "../answers/attributes.ts";
import { requireList } from "../answers/pages.ts";
import { isText, unexpectedAnswer } from "../answers/unexpected-answer.ts";
import type { ProviderMethod } from "../errors/exception-meaning.ts";
import { keepFactorAddresses } from "../factor-addresses.ts";
import type { AppClient } from "../wire/app-client.ts";
import { resetMfa } from "./mfa-reset.ts";
import { writeFilter } from "./user-filter.ts";
import { type RecordContext, readUserRecord } from "./user-records.ts";

/** The settings of {@link createAdministration}. */
export interface AdministrationSettings extends RecordContext {
  readonly userPoolId: string;
  readonly hasAuthenticatorApps: boolean;
}

/** Makes the facet through which administrators manage users. Every call is signed with AWS credentials. */
export function createAdministration(
  app: AppClient,
  settings: AdministrationSettings,
): Administration {
  const { userPoolId: UserPoolId } = settings;

  /** Does to a user what takes no more than its name. */
  async function act(
    method: ProviderMethod,
    operation: PlainOperation,
    username: string,
  ): Promise<void> {
    await app.call(method, operation, { UserPoolId, Username: username });
  }

  return {
    async listUsers({ filter, limit, cursor }) {
      const written = filter && writeFilter(filter, settings);
      if (filter && written === undefined) return { items: [] };
      const answer = await app.call("listUsers", "ListUsers", {
        UserPoolId,
        Limit: limit,
        PaginationToken: cursor,
        Filter: written,
      });
      const items = requireList(answer.Users).map((user) => readUserRecord(user, settings));
      return page(items, answer.PaginationToken);
    },

    async getUser({ username }) {
      const user = await app.call("getUser", "AdminGetUser", { UserPoolId, Username: username });
      return readUserRecord(user, settings);
    },

    async createUser(input) {
      const answer = await app.call("createUser", "AdminCreateUser", {
        UserPoolId,
        Username: input.username,
        UserAttributes: writeAttributes(withoutBlanks(input.attributes)),
        TemporaryPassword: input.temporaryPassword,
        ClientMetadata: input.clientMetadata,
        ...(input.invite === false
          ? { MessageAction: "SUPPRESS" }
          : { DesiredDeliveryMediums: [mediumFor(input)] }),
      });
      return readUserRecord(answer.User, settings);
    },

    async resendInvitation({ username }) {
      const named = { UserPoolId, Username: username };
      const request = app.forOneRequest();
      const user = await request.call("resendInvitation", "AdminGetUser", named);
      const { attributes } = readUserRecord(user, settings);
      await request.call("resendInvitation", "AdminCreateUser", {
        ...named,
        MessageAction: "RESEND",
        DesiredDeliveryMediums: [mediumFor({ username, attributes })],
      });
    },

    async updateUser({ username, attributes, clientMetadata }) {
      const request = app.forOneRequest();
      await keepFactorAddresses(attributes, () =>
        request.call("updateUser", "AdminGetUser", { UserPoolId, Username: username }),
      );
      await request.call("updateUser", "AdminUpdateUserAttributes", {
        UserPoolId,
        Username: username,
        UserAttributes: writeAttributes(attributes),
        ClientMetadata: clientMetadata,
      });
    },

    deleteUser: ({ username }) => act("deleteUser", "AdminDeleteUser", username),
    confirmUser: ({ username }) => act("confirmUser", "AdminConfirmSignUp", username),
    disableUser: ({ username }) => act("disableUser", "AdminDisableUser", username),
    enableUser: ({ username }) => act("enableUser", "AdminEnableUser", username),
    requirePasswordReset: ({ username }) =>
      act("requirePasswordReset", "AdminResetUserPassword", username),

    async setPassword({ username, password, isPermanent }) {
      await app.call("setPassword", "AdminSetUserPassword", {
        UserPoolId,
        Username: username,
        Password: password,
        Permanent: isPermanent,
      });
    },

    signOutUser: ({ username }) => act("signOutUser", "AdminUserGlobalSignOut", username),

    resetMfa: ({ username }) =>
      resetMfa(app.forOneRequest(), { UserPoolId, Username: username }, settings),

    async listUserGroups({ username, limit, cursor }) {
      const answer = await app.call("listUserGroups", "AdminListGroupsForUser", {
        UserPoolId,
        Username: username,
        Limit: limit,
        NextToken: cursor,
      });
      return page(requireList(answer.Groups).map(readGroupName), answer.NextToken);
    },

    async addToGroup({ username, group }) {
      const membership = { UserPoolId, Username: username, GroupName: group };
      await app.call("addToGroup", "AdminAddUserToGroup", membership);
    },

    async removeFromGroup({ username, group }) {
      const membership = { UserPoolId, Username: username, GroupName: group };
      await app.call("removeFromGroup", "AdminRemoveUserFromGroup", membership);
    },
  };
}

type PlainOperation =
  | "AdminDeleteUser"
  | "AdminConfirmSignUp"
  | "AdminDisableUser"
  | "AdminEnableUser"
  | "AdminResetUserPassword"
  | "AdminUserGlobalSignOut";

/** Left to itself Cognito would send a text message. */
function mediumFor({
  username,
  attributes,
}: Pick<UserRecord, "username" | "attributes">): "EMAIL" | "SMS" {
  const hasPhone = attributes.phone_number !== undefined || /^\+\d+$/.test(username);
  return hasPhone && attributes.email === undefined ? "SMS" : "EMAIL";
}

function readGroupName(group: unknown): string {
  if (!isJsonObject(group) || !isText(group.GroupName)) throw unexpectedAnswer("GroupName");
  return group.GroupName;
}

function page<Item>(items: readonly Item[], next: unknown) {
  return { items, ...(isText(next) && { cursor: next }) };
}

import type { UserRecord } from "../../../domain/administration.ts";
import type { Administration, NamedUser } from "../../../ports/index.ts";
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

  /** The client of each request that takes more than one call, as long as there is the request. */
  const clients = new WeakMap<object, AppClient>();

  /** Gives the client that a call is made by: for one of several, that of the request, whose time they share. */
  function clientFor(request: object | undefined): AppClient {
    if (!request) return app;
    const client = clients.get(request) ?? app.forOneRequest();
    clients.set(request, client);
    return client;
  }

  /** Does to a user what takes no more than its name. */
  async function act(
    method: ProviderMethod,
    operation: PlainOperation,
    { username, request }: NamedUser,
  ): Promise<void> {
    await clientFor(request).call(method, operation, { UserPoolId, Username: username });
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

    async getUser({ username, request }) {
      const named = { UserPoolId, Username: username };
      const user = await clientFor(request).call("getUser", "AdminGetUser", named);
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

    deleteUser: (user) => act("deleteUser", "AdminDeleteUser", user),
    confirmUser: (user) => act("confirmUser", "AdminConfirmSignUp", user),
    disableUser: (user) => act("disableUser", "AdminDisableUser", user),
    enableUser: (user) => act("enableUser", "AdminEnableUser", user),
    requirePasswordReset: (user) => act("requirePasswordReset", "AdminResetUserPassword", user),

    async setPassword({ username, password, isPermanent }) {
      await app.call("setPassword", "AdminSetUserPassword", {
        UserPoolId,
        Username: username,
        Password: password,
        Permanent: isPermanent,
      });
    },

    signOutUser: (user) => act("signOutUser", "AdminUserGlobalSignOut", user),

    resetMfa: ({ username, request = {} }) =>
      resetMfa(clientFor(request), { UserPoolId, Username: username }, settings),

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

    async removeFromGroup({ username, group, request }) {
      const membership = { UserPoolId, Username: username, GroupName: group };
      await clientFor(request).call("removeFromGroup", "AdminRemoveUserFromGroup", membership);
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

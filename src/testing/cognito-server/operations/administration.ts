import {
  createUser as createUserIn,
  resendInvitation,
} from "../../../adapters/memory/administration/invitations.ts";
import type { Engine } from "../../../adapters/memory/engine.ts";
import { identityOver } from "../../../adapters/memory/identity-provider.ts";
import { newIdentity } from "../../../adapters/memory/users/new-user.ts";
import type { User } from "../../../adapters/memory/users/user-store.ts";
import { checkMutable, checkSchema } from "../attribute-rules.ts";
import { choice, flag, integer, list, required, text } from "../constraints.ts";
import { poolOf, type UserPool } from "../directory.ts";
import {
  attributeName,
  attributes,
  deliveryMediums,
  paginationToken,
  password,
  poolId,
  username,
} from "../members.ts";
import { signedOperation } from "../operation.ts";
import { pageOf } from "../pages.ts";
import { forTriggers } from "../settings/request-context.ts";
import { decideSignUp, sentAttributes } from "../sign-up-triggers.ts";
import { withMessages } from "../triggers/message-trigger.ts";
import { attributeValues } from "../user-attributes.ts";
import { readFilter } from "../user-filter.ts";
import { signInNameOf, userNamed } from "../user-names.ts";
import { foundUser, listedUser } from "../user-records.ts";
import { invalidAccount, weakPassword } from "../violations.ts";
import { inCognitosWords, say } from "../wording.ts";

const ofPool = { UserPoolId: required(poolId) };
const onUser = { ...ofPool, Username: required(username) };

/** The operations with which administrators make, find and change users. */
export const administrationOperations = {
  AdminCreateUser: signedOperation(
    {
      ...onUser,
      UserAttributes: attributes,
      TemporaryPassword: password,
      MessageAction: choice("RESEND", "SUPPRESS"),
      DesiredDeliveryMediums: deliveryMediums,
      ForceAliasCreation: flag(),
      ValidationData: attributes,
      ...forTriggers,
    },
    async (directory, { UserPoolId, Username, UserAttributes, MessageAction, ...rest }) => {
      const pool = poolOf(directory, UserPoolId);
      const values = attributeValues(UserAttributes);
      checkSchema(pool, values);
      const temporaryPassword = rest.TemporaryPassword;
      const inviteBy = rest.DesiredDeliveryMediums?.map((medium) => contactOf[medium]) ?? [];
      const named = {
        username: Username,
        ...(temporaryPassword && { temporaryPassword }),
        ...(inviteBy.length > 0 && { inviteBy }),
      };
      const messaging = withMessages(directory, pool, pool.engine, undefined);
      if (MessageAction === "RESEND") return { User: listedUser(await resend(messaging, named)) };
      const identity = newIdentity(Username, pool.engine.settings);
      const attributes = sentAttributes(pool.engine, Username, values);
      const asked = { clientId: undefined, userName: identity.username, attributes, hints: rest };
      await decideSignUp(directory, pool, asked);
      const invite = MessageAction !== "SUPPRESS";
      const takesAlias = rest.ForceAliasCreation ?? false;
      const created = { ...named, attributes: values, invite, takesAlias, identity };
      await createUser({ ...pool, engine: messaging }, created);
      return { User: listedUser(userNamed(pool.engine, Username)) };
    },
  ),

  AdminGetUser: signedOperation(onUser, async (directory, { UserPoolId, Username }) => {
    const pool = poolOf(directory, UserPoolId);
    return inCognitosWords(async () => foundUser(userNamed(pool.engine, Username)));
  }),

  ListUsers: signedOperation(
    {
      ...ofPool,
      Filter: text({ max: 256 }),
      Limit: integer(0, 60),
      PaginationToken: paginationToken,
      AttributesToGet: list(attributeName),
    },
    (directory, { UserPoolId, Filter, Limit, PaginationToken, AttributesToGet }) => {
      const { users } = poolOf(directory, UserPoolId).engine;
      const matching = [...users.all()].filter(readFilter(Filter));
      const { items, next } = pageOf(matching, Limit || 60, PaginationToken);
      return {
        Users: items.map((user) => listedUser(user, AttributesToGet)),
        ...(next && { PaginationToken: next }),
      };
    },
  ),

  AdminUpdateUserAttributes: signedOperation(
    { ...onUser, UserAttributes: required(attributes), ...forTriggers },
    async (directory, { UserPoolId, Username, UserAttributes }) => {
      const values = attributeValues(UserAttributes);
      await update(poolOf(directory, UserPoolId), Username, values);
      return {};
    },
  ),

  AdminDeleteUserAttributes: signedOperation(
    { ...onUser, UserAttributeNames: required(list(attributeName)) },
    async (directory, { UserPoolId, Username, UserAttributeNames }) => {
      const values = Object.fromEntries(UserAttributeNames.map((name) => [name, ""]));
      await update(poolOf(directory, UserPoolId), Username, values);
      return {};
    },
  ),

  AdminSetUserPassword: signedOperation(
    { ...onUser, Password: required(password), Permanent: flag() },
    async (directory, { UserPoolId, Username, Password, Permanent = false }) => {
      const { engine } = poolOf(directory, UserPoolId);
      const named = { username: signInNameOf(engine, Username) };
      await inCognitosWords(() =>
        identityOver(engine).setPassword({
          ...named,
          password: Password,
          isPermanent: Permanent,
        }),
      );
      return {};
    },
  ),
};

const contactOf = { SMS: "phone_number", EMAIL: "email" } as const;

type NewUser = Parameters<typeof createUserIn>[1];

async function createUser({ engine, configuration }: UserPool, input: NewUser): Promise<void> {
  await inCognitosWords(() => createUserIn(engine, input), {
    username_taken: say("UsernameExists", "User account already exists"),
    validation_failed: invalidAccount(configuration),
    password_policy_violation: weakPassword("Password did not conform with policy"),
  });
}

function resend(engine: Engine, input: Omit<NewUser, "attributes">): Promise<User> {
  const user = { ...input, username: signInNameOf(engine, input.username) };
  return inCognitosWords(() => resendInvitation(engine, user), {
    conflict: say(
      "UnsupportedUserState",
      "Resend not possible. User status is not FORCE_CHANGE_PASSWORD",
    ),
  });
}

async function update(
  pool: UserPool,
  name: string,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  checkMutable(pool, Object.keys(values));
  checkSchema(pool, values);
  const { engine } = pool;
  const named = { username: signInNameOf(engine, name) };
  await inCognitosWords(() => identityOver(engine).updateUser({ ...named, attributes: values }));
}

import {
  createUser as createUserIn,
  resendInvitation,
} from "../../../adapters/memory/administration/invitations.ts";
import type { Engine } from "../../../adapters/memory/engine.ts";
import { newIdentity } from "../../../adapters/memory/users/new-user.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import { invalidAccount, weakPassword } from "../answers/violations.ts";
import { inCognitosWords, say } from "../answers/wording.ts";
import { poolOf, type UserPool } from "../directory/directory.ts";
import { withMessages } from "../triggers/message-trigger.ts";
import { decideSignUp, sentAttributes } from "../triggers/sign-up-triggers.ts";
import { checkSchema } from "../users/attribute-rules.ts";
import { attributeValues } from "../users/user-attributes.ts";
import { signInNameOf, userNamed } from "../users/user-names.ts";
import { listedUser } from "../users/user-records.ts";
import { choice, flag, required } from "../wire/constraints.ts";
import { attributes, deliveryMediums, password, poolId, username } from "../wire/members.ts";
import { forTriggers } from "../wire/request-context.ts";
import { signedOperation } from "./operation.ts";

/** The operation with which administrators make a user, or invite one again. */
export const adminCreateUserOperations = {
  AdminCreateUser: signedOperation(
    {
      UserPoolId: required(poolId),
      Username: required(username),
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

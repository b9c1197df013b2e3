import {
  createUser as createUserIn,
  resendInvitation,
} from "../../../adapters/memory/administration/invitations.ts";
import type { User } from "../../../adapters/memory/users/user-store.ts";
import { invalidAccount, weakPassword } from "../answers/violations.ts";
import { inCognitosWords, say } from "../answers/wording.ts";
import { poolOf, type UserPool } from "../directory/directory.ts";
import { decideSignUp } from "../triggers/sign-up-triggers.ts";
import { checkSchema } from "../users/attribute-rules.ts";
import { attributeValues } from "../users/user-attributes.ts";
import { signInNameOf, userNamed } from "../users/user-names.ts";
import { listedUser } from "../users/user-records.ts";
import { choice, flag, required, texts } from "../wire/constraints.ts";
import { attributes, deliveryMediums, password, poolId, username } from "../wire/members.ts";
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
      ClientMetadata: texts(),
    },
    async (directory, { UserPoolId, Username, UserAttributes, MessageAction, ...rest }) => {
      const pool = poolOf(directory, UserPoolId);
      const values = attributeValues(UserAttributes);
      checkSchema(pool, values);
      const temporaryPassword = rest.TemporaryPassword;
      const named = { username: Username, ...(temporaryPassword && { temporaryPassword }) };
      if (MessageAction === "RESEND") return { User: listedUser(await resend(pool, named)) };
      const asked = { clientId: undefined, userName: Username, attributes: values, hints: rest };
      await decideSignUp(directory, pool, asked);
      const invite = MessageAction !== "SUPPRESS";
      const takesAlias = rest.ForceAliasCreation ?? false;
      await createUser(pool, { ...named, attributes: values, invite, takesAlias });
      return { User: listedUser(userNamed(pool.engine, Username)) };
    },
  ),
};

type NewUser = Parameters<typeof createUserIn>[1];

async function createUser({ engine, configuration }: UserPool, input: NewUser): Promise<void> {
  await inCognitosWords(() => createUserIn(engine, input), {
    username_taken: say("UsernameExists", "User account already exists"),
    validation_failed: invalidAccount(configuration),
    password_policy_violation: weakPassword("Password did not conform with policy"),
  });
}

function resend({ engine }: UserPool, input: Omit<NewUser, "attributes">): Promise<User> {
  const user = { ...input, username: signInNameOf(engine, input.username) };
  return inCognitosWords(() => resendInvitation(engine, user), {
    conflict: say(
      "UnsupportedUserState",
      "Resend not possible. User status is not FORCE_CHANGE_PASSWORD",
    ),
  });
}

import {
  confirmSignUp,
  signUp as signUpToEngine,
} from "../../../adapters/memory/account/registration.ts";
import { createAdministration } from "../../../adapters/memory/administration/administration.ts";
import type { Engine } from "../../../adapters/memory/engine.ts";
import { newIdentity } from "../../../adapters/memory/users/new-user.ts";
import { nameContacts } from "../../../adapters/memory/users/sign-in-names.ts";
import type { AttributeValues } from "../../../domain/user.ts";
import { deliveryDetails } from "../answers/delivery.ts";
import { invalidAccount, weakPassword } from "../answers/violations.ts";
import {
  inCognitosWords,
  noSuchUserOfClient,
  say,
  type Wording,
  wrongSentCode,
} from "../answers/wording.ts";
import { namedUser, tenantOfNamed } from "../callers/named-user.ts";
import { type Directory, poolOf, type Tenant } from "../directory/directory.ts";
import { continueAutoSignIn, openAutoSignIn } from "../sign-in/auto-sign-in.ts";
import {
  carryOut,
  decidedEngine,
  decideSignUp,
  type SignUpHints,
  sentAttributes,
  tellConfirmation,
} from "../triggers/sign-up-triggers.ts";
import { checkWritable } from "../users/attribute-rules.ts";
import { attributeValues } from "../users/user-attributes.ts";
import { signInNameOf } from "../users/user-names.ts";
import { flag, required } from "../wire/constraints.ts";
import {
  attributes,
  confirmationCode,
  password,
  poolId,
  session,
  username,
} from "../wire/members.ts";
import { forTriggers } from "../wire/request-context.ts";
import { openOperation, signedOperation } from "./operation.ts";

const hints = { ValidationData: attributes };

const onUser = { UserPoolId: required(poolId), Username: required(username) };

/** The operations with which users sign themselves up, and that confirm it. */
export const signUpOperations = {
  SignUp: openOperation(
    { ...namedUser, Password: required(password), UserAttributes: attributes, ...hints },
    async (directory, input) => {
      const tenant = await tenantOfNamed(directory, input);
      const values = attributeValues(input.UserAttributes);
      checkWritable(tenant, values);
      return signUp(directory, tenant, input, values);
    },
  ),

  ConfirmSignUp: openOperation(
    {
      ...namedUser,
      ConfirmationCode: required(confirmationCode),
      ForceAliasCreation: flag(),
      Session: session,
    },
    async (directory, input) => {
      const tenant = await tenantOfNamed(directory, input);
      const { Username: username, ConfirmationCode: code, ForceAliasCreation } = input;
      const takesAlias = ForceAliasCreation ?? false;
      await inCognitosWords(
        () => confirmSignUp(tenant.engine, { username, code, takesAlias }),
        confirmationWording(tenant),
      );
      const { client, pool } = tenant;
      await tellConfirmation(directory, pool, username, { clientId: client.id });
      return continueAutoSignIn(directory, tenant, username, input.Session);
    },
  ),

  AdminConfirmSignUp: signedOperation(
    { ...onUser, ...forTriggers },
    async (directory, { UserPoolId, Username }) => {
      const pool = poolOf(directory, UserPoolId);
      const username = signInNameOf(pool.engine, Username);
      await inCognitosWords(() => createAdministration(pool.engine).confirmUser({ username }));
      await tellConfirmation(directory, pool, username, { clientId: undefined });
      return {};
    },
  ),
};

async function signUp(
  directory: Directory,
  tenant: Tenant,
  input: SignUpHints & { readonly Username: string; readonly Password: string },
  values: AttributeValues,
): Promise<object> {
  const { pool, engine, client } = tenant;
  const { Username: name, Password: secret, ...hints } = input;
  const identity = newIdentity(name, engine.settings);
  const attributes = sentAttributes(engine, name, values);
  const asked = { clientId: client.id, userName: identity.username, attributes, hints };
  const decision = await decideSignUp(directory, pool, asked);
  const account = { username: name, password: secret, attributes: values, identity };
  const result = await inCognitosWords(
    () => signUpToEngine(decidedEngine(tenant, decision), account),
    {
      username_taken: say("UsernameExists", takenMessage(engine, name)),
      validation_failed: invalidAccount(pool.configuration),
      password_policy_violation: weakPassword("Password did not conform with policy"),
    },
  );
  await carryOut(tenant, name, decision);
  const isConfirmed = decision.isConfirmed || result.status === "confirmed";
  if (isConfirmed) await tellConfirmation(directory, pool, name, { clientId: client.id });
  const delivery = "delivery" in result ? result.delivery : undefined;
  return {
    UserConfirmed: isConfirmed,
    UserSub: pool.engine.users.find(name)?.subject,
    ...(delivery && { CodeDeliveryDetails: deliveryDetails(delivery) }),
    ...(!isConfirmed && openAutoSignIn(directory, tenant, name, false)),
  };
}

function takenMessage({ settings }: Engine, name: string): string {
  if (nameContacts(settings.signInModel).length === 0) return "User already exists";
  const kind = name.includes("@") ? "email" : "phone_number";
  return `An account with the given ${kind} already exists.`;
}

/**
 * Which exception hides an unknown user is not documented, and `ExpiredCode` and `NotAuthorized` are reported as well.
 * This is the one that hides: whoever waits for a code gets it for a wrong one.
 */
function confirmationWording({ client }: Tenant): Wording {
  const isHidden = client.configuration.PreventUserExistenceErrors === "ENABLED";
  return {
    code_mismatch: (error, reason) => {
      const isTold = reason === "user_not_found" && !isHidden;
      return (isTold ? noSuchUserOfClient : wrongSentCode)(error, reason);
    },
  };
}

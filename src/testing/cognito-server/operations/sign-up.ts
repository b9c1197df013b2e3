import {
  confirmSignUp,
  signUp as signUpIn,
} from "../../../adapters/memory/account/registration.ts";
import type { Engine } from "../../../adapters/memory/engine.ts";
import { newIdentity } from "../../../adapters/memory/users/new-user.ts";
import { nameContacts } from "../../../adapters/memory/users/sign-in-names.ts";
import type { AttributeValues, Delivery } from "../../../domain/user.ts";
import { checkWritable } from "../attribute-rules.ts";
import { continueAutoSignIn, openAutoSignIn } from "../auto-sign-in.ts";
import { flag, required } from "../constraints.ts";
import { deliveryDetails, playedDelivery } from "../delivery.ts";
import type { Directory, Tenant } from "../directory.ts";
import { attributes, confirmationCode, password, session } from "../members.ts";
import { namedUser, tenantOfNamed } from "../named-user.ts";
import { openOperation } from "../operation.ts";
import {
  carryOut,
  decidedEngine,
  decideSignUp,
  type SignUpHints,
  sentAttributes,
  tellConfirmation,
} from "../sign-up-triggers.ts";
import { attributeValues } from "../user-attributes.ts";
import { invalidAccount, weakPassword } from "../violations.ts";
import {
  inCognitosWords,
  noSuchUserOfClient,
  say,
  type Wording,
  wrongSentCode,
} from "../wording.ts";

const hints = { ValidationData: attributes };

/** The operations with which users sign themselves up. */
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

  ResendConfirmationCode: openOperation(namedUser, async (directory, input) => {
    const delivery = await resend(await tenantOfNamed(directory, input), input.Username);
    return delivery ? { CodeDeliveryDetails: deliveryDetails(delivery) } : {};
  }),
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
  const deciding = decidedEngine(tenant, decision);
  const result = await inCognitosWords(
    () => signUpIn(deciding, { username: name, password: secret, attributes: values, identity }),
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

async function resend(tenant: Tenant, name: string): Promise<Delivery | undefined> {
  const { client, engine, identity } = tenant;
  const isHidden = client.configuration.PreventUserExistenceErrors === "ENABLED";
  return inCognitosWords(
    async () => {
      try {
        return await identity.resendConfirmation({ username: name });
      } catch (error) {
        const isPlayed = isHidden && !engine.users.find(name)?.isEnabled;
        if (!isPlayed) throw error;
        return playedDelivery(engine, name, error);
      }
    },
    {
      user_not_found: noSuchUserOfClient,
      already_confirmed: say("InvalidParameter", "User is already confirmed."),
    },
  );
}

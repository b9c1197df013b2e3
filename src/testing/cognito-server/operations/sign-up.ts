import type { AttributeValues, Delivery } from "../../../domain/user.ts";
import { checkWritable } from "../attribute-rules.ts";
import { required } from "../constraints.ts";
import { deliveryDetails, playedDelivery } from "../delivery.ts";
import type { Tenant } from "../directory.ts";
import { attributes, confirmationCode, password } from "../members.ts";
import { namedUser, tenantOfNamed } from "../named-user.ts";
import { openOperation } from "../operation.ts";
import { attributeValues } from "../user-attributes.ts";
import { weakPassword } from "../violations.ts";
import {
  inCognitosWords,
  noSuchUserOfClient,
  say,
  type Wording,
  wrongSentCode,
} from "../wording.ts";

/** The operations with which users sign themselves up. */
export const signUpOperations = {
  SignUp: openOperation(
    { ...namedUser, Password: required(password), UserAttributes: attributes },
    async (directory, input) => {
      const tenant = await tenantOfNamed(directory, input);
      const values = attributeValues(input.UserAttributes);
      checkWritable(tenant, values);
      return signUp(tenant, input.Username, input.Password, values);
    },
  ),

  ConfirmSignUp: openOperation(
    { ...namedUser, ConfirmationCode: required(confirmationCode) },
    async (directory, input) => {
      const tenant = await tenantOfNamed(directory, input);
      const { Username, ConfirmationCode: code } = input;
      await inCognitosWords(
        () => tenant.identity.confirmSignUp({ username: Username, code }),
        confirmationWording(tenant),
      );
      return {};
    },
  ),

  ResendConfirmationCode: openOperation(namedUser, async (directory, input) => {
    const delivery = await resend(await tenantOfNamed(directory, input), input.Username);
    return delivery ? { CodeDeliveryDetails: deliveryDetails(delivery) } : {};
  }),
};

async function signUp(
  { pool, engine, identity }: Tenant,
  name: string,
  secret: string,
  values: AttributeValues,
): Promise<object> {
  const isByEmail = engine.settings.signInModel === "email";
  const taken = isByEmail
    ? "An account with the given email already exists."
    : "User already exists";
  const result = await inCognitosWords(
    () => identity.signUp({ username: name, password: secret, attributes: values }),
    {
      username_taken: say("UsernameExists", taken),
      password_policy_violation: weakPassword("Password did not conform with policy"),
    },
  );
  const delivery = "delivery" in result ? result.delivery : undefined;
  return {
    UserConfirmed: result.status === "confirmed",
    UserSub: pool.engine.users.find(name)?.subject,
    ...(delivery && { CodeDeliveryDetails: deliveryDetails(delivery) }),
  };
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

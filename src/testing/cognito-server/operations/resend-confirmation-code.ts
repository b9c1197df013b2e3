import { createRegistration } from "../../../adapters/memory/account/registration.ts";
import type { Delivery } from "../../../domain/user.ts";
import { deliveryDetails, simulatedDelivery } from "../answers/delivery.ts";
import { inCognitosWords, noSuchUserOfClient, say } from "../answers/wording.ts";
import { namedUser, tenantOfNamed } from "../callers/named-user.ts";
import type { Tenant } from "../directory/directory.ts";
import { openOperation } from "./operation.ts";

/** The operation that sends the code of a sign-up again. */
export const resendConfirmationCodeOperations = {
  ResendConfirmationCode: openOperation(namedUser, async (directory, input) => {
    const delivery = await resend(await tenantOfNamed(directory, input), input.Username);
    return delivery ? { CodeDeliveryDetails: deliveryDetails(delivery) } : {};
  }),
};

async function resend(tenant: Tenant, name: string): Promise<Delivery | undefined> {
  const { client, engine } = tenant;
  const isHidden = client.configuration.PreventUserExistenceErrors === "ENABLED";
  return inCognitosWords(
    async () => {
      try {
        return await createRegistration(engine).resendConfirmation({ username: name });
      } catch (error) {
        const isSimulated = isHidden && !engine.users.find(name)?.isEnabled;
        if (!isSimulated) throw error;
        return simulatedDelivery(engine, name, error);
      }
    },
    {
      user_not_found: noSuchUserOfClient,
      already_confirmed: say("InvalidParameter", "User is already confirmed."),
    },
  );
}

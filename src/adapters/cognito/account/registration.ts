import { IdentityError } from "../../../domain/errors.ts";
import type { SignUpResult } from "../../../domain/user.ts";
import type { Registration } from "../../../ports/index.ts";
import { withoutBlanks, writeAttributes } from "../answers/attributes.ts";
import { readDelivery, requireDelivery } from "../answers/delivery.ts";
import { unexpectedAnswer } from "../answers/unexpected-answer.ts";
import type { AppClient } from "../wire/app-client.ts";
import type { CognitoOutput } from "../wire/transport.ts";

/** Makes the facet through which accounts come to be. */
export function createRegistration(app: AppClient): Registration {
  return {
    async signUp({ username, password, attributes, clientMetadata, ...caller }) {
      const answer = await app
        .forOneRequest(caller)
        .callAsClient("signUp", "SignUp", async ({ hash }) => ({
          ClientId: app.clientId,
          SecretHash: await hash(username),
          Username: username,
          Password: password,
          UserAttributes: writeAttributes(withoutBlanks(attributes)),
          ClientMetadata: clientMetadata,
          UserContextData: app.userContext(caller),
        }));
      return readSignUp(answer);
    },

    async confirmSignUp({ username, code, password, clientMetadata, ...caller }) {
      // Only an administrator could set it, and between the two calls the account would be the squatter's.
      if (password !== undefined) throw new IdentityError("not_supported");
      await app
        .forOneRequest(caller)
        .callAsClient("confirmSignUp", "ConfirmSignUp", async ({ hash }) => ({
          ClientId: app.clientId,
          SecretHash: await hash(username),
          Username: username,
          ConfirmationCode: code,
          ClientMetadata: clientMetadata,
          UserContextData: app.userContext(caller),
        }));
    },

    async resendConfirmation({ username, clientMetadata, ...caller }) {
      const answer = await app
        .forOneRequest(caller)
        .callAsClient("resendConfirmation", "ResendConfirmationCode", async ({ hash }) => ({
          ClientId: app.clientId,
          ClientMetadata: clientMetadata,
          UserContextData: app.userContext(caller),
          SecretHash: await hash(username),
          Username: username,
        }));
      return requireDelivery(answer.CodeDeliveryDetails);
    },
  };
}

function readSignUp(answer: CognitoOutput<"SignUp">): SignUpResult {
  if (answer.UserConfirmed === true) return { status: "confirmed" };
  if (answer.UserConfirmed !== false) throw unexpectedAnswer("UserConfirmed");
  // Without a code to send, as in a pool that verifies nothing by itself, only an administrator can confirm the user.
  if (!answer.CodeDeliveryDetails) return { status: "approval_required" };
  const delivery = readDelivery(answer.CodeDeliveryDetails);
  return { status: "confirmation_required", ...(delivery && { delivery }) };
}

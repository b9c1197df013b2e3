import type { OutgoingMessage } from "../../../adapters/memory/codes/outbox.ts";
import type { Engine } from "../../../adapters/memory/engine.ts";
import type { User } from "../../../adapters/memory/users/user.ts";
import type { Directory, UserPool } from "../directory/directory.ts";
import { codePlace, type MessageTexts, textsOf, usernamePlace, wordsOf } from "./message-texts.ts";
import { callTrigger, triggerAttributes } from "./triggers.ts";

/**
 * Gives an engine whose messages say what the pool was told, or what the trigger for them makes of them.
 *
 * @param clientId - nothing, where an administrator calls
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html
 */
export function withMessages(
  directory: Directory,
  pool: UserPool,
  engine: Engine,
  clientId: string | undefined,
): Engine {
  const { courier } = engine;
  return {
    ...engine,
    courier: {
      ...courier,
      async send(user, message) {
        const written = await askTrigger(directory, pool, { clientId, user, message });
        const texts = { ...textsOf(pool, message.purpose), ...written };
        return courier.send(user, { ...message, words: wordsOf(message, user.username, texts) });
      },
    },
  };
}

/** Gives the texts that the trigger wrote: those that it leaves empty, or is not there to write, are said as usual. */
async function askTrigger(
  directory: Directory,
  pool: UserPool,
  {
    clientId,
    user,
    message,
  }: {
    readonly clientId: string | undefined;
    readonly user: User;
    readonly message: OutgoingMessage;
  },
): Promise<MessageTexts> {
  const occasion = occasionOf(message, directory.request?.operation);
  const { smsMessage, emailMessage, emailSubject } = await callTrigger(directory, pool, {
    trigger: "CustomMessage",
    occasion,
    clientId,
    userName: user.username,
    request: {
      userAttributes: triggerAttributes(user),
      codeParameter: codePlace,
      linkParameter: "{##Click Here##}",
      usernameParameter: occasion === "AdminCreateUser" ? usernamePlace : null,
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  });
  return {
    ...(typeof smsMessage === "string" && { sms: smsMessage }),
    ...(typeof emailMessage === "string" && { mail: emailMessage }),
    ...(typeof emailSubject === "string" && { subject: emailSubject }),
  };
}

function occasionOf({ purpose }: OutgoingMessage, operation: string | undefined): string {
  switch (purpose) {
    case "sign_up_confirmation":
      return operation === "ResendConfirmationCode" ? "ResendCode" : "SignUp";
    case "password_reset":
      return "ForgotPassword";
    case "attribute_verification":
      return operation === "GetUserAttributeVerificationCode"
        ? "VerifyUserAttribute"
        : "UpdateUserAttribute";
    case "invitation":
      return "AdminCreateUser";
    case "sign_in_code":
    case "mfa_code":
      return "Authentication";
  }
}

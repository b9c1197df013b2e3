import type { Letter } from "../../../adapters/memory/codes/outbox.ts";
import type { Engine } from "../../../adapters/memory/engine.ts";
import type { User } from "../../../adapters/memory/users/user-store.ts";
import type { Directory, UserPool } from "../directory.ts";
import { callTrigger, triggerAttributes } from "../triggers.ts";

/** Stands for the code in what the trigger writes. */
const codeParameter = "{####}";

/** Stands for the user name. */
const usernameParameter = "{username}";

/**
 * Gives an engine whose messages say what the trigger for them makes of them.
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
  if (!pool.configuration.LambdaConfig?.CustomMessage) return engine;
  const { courier } = engine;
  return {
    ...engine,
    courier: {
      ...courier,
      async send(user, letter) {
        const occasion = occasionOf(letter, directory.request?.operation);
        const response = await callTrigger(directory, pool, {
          trigger: "CustomMessage",
          occasion,
          clientId,
          userName: user.username,
          request: {
            userAttributes: triggerAttributes(user),
            codeParameter,
            linkParameter: "{##Click Here##}",
            usernameParameter: occasion === "AdminCreateUser" ? usernameParameter : null,
          },
          response: { smsMessage: null, emailMessage: null, emailSubject: null },
        });
        return courier.send(user, { ...letter, words: wordsOf(letter, user, response) });
      },
    },
  };
}

function occasionOf({ purpose }: Letter, operation: string | undefined): string {
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

/** What the trigger leaves empty is said as usual. */
function wordsOf(
  { contact, code }: Letter,
  { username }: User,
  { smsMessage, emailMessage, emailSubject }: Readonly<Record<string, unknown>>,
): NonNullable<Letter["words"]> {
  const written = contact === "email" ? emailMessage : smsMessage;
  const text =
    typeof written === "string"
      ? written.replaceAll(codeParameter, code).replaceAll(usernameParameter, username)
      : undefined;
  const isTitled = contact === "email" && typeof emailSubject === "string";
  return { ...(text && { text }), ...(isTitled && { subject: emailSubject }) };
}

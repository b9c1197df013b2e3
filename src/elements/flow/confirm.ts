import type { Capabilities } from "../client.ts";
import { isPorticoError, type PorticoClient } from "../client.ts";
import { codeField } from "../parts/fields.ts";
import { form } from "../parts/form.ts";
import type { Stage } from "../stage.ts";
import { resend, sentTo } from "./codes.ts";
import { who } from "./flow.ts";

/** The account that waits for its code. */
export interface Waiting {
  readonly username: string;
  readonly password: string | undefined;
  readonly capabilities: Capabilities;
  readonly delivery?: Awaited<ReturnType<PorticoClient["signUp"]>>["delivery"];
  readonly notice?: string;
  /** Goes back to where another name can be given. */
  restart(): void;
  /** Goes on once the account is confirmed. */
  confirmed(): Promise<unknown>;
}

/** Asks for the code that confirms an account. */
export function confirmScreen(stage: Stage, waiting: Waiting): HTMLElement {
  const { client, labels } = stage;
  const { username, password, capabilities, delivery, notice } = waiting;
  stage.emit("portico-code", { username });
  // Without it the account would have the password of the last sign-up under the name, which may be somebody else's.
  const proof = capabilities.sign_up.confirmation_password && password ? { password } : {};
  return form(stage, {
    title: labels.confirm_title,
    ...(notice ? { notice } : { text: sentTo(stage, delivery) }),
    fields: [codeField(labels.code)],
    submit: labels.confirm,
    retry: "code",
    after: [
      ...resend(stage, async () =>
        client.resendConfirmation({ username }, await stage.guarded("resendConfirmation")),
      ),
      who({ stage, username, restart: waiting.restart }),
    ],
    async send({ code = "" }) {
      try {
        await client.confirmSignUp({ username, code, ...proof }, stage);
      } catch (error) {
        if (!isPorticoError(error, "already_confirmed")) throw error;
      }
      await waiting.confirmed();
    },
  });
}

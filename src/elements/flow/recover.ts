import type { Capabilities } from "../client.ts";
import { h } from "../dom.ts";
import { codeField, usernameForManagers } from "../parts/fields.ts";
import { form } from "../parts/form.ts";
import { newPasswordField } from "../parts/rules.ts";
import { usernameField } from "../parts/usernames.ts";
import type { Stage } from "../stage.ts";
import { resend } from "./codes.ts";
import { who } from "./flow.ts";

/** A password that is to be reset. */
export interface Recovery {
  readonly username?: string | undefined;
  readonly capabilities: Capabilities;
  readonly notice?: string;
  /** Goes on once there is a new password. */
  reset(username: string, password: string): Promise<unknown>;
}

/** Asks whose password it is, and then for the code that was sent and the new password. */
export function recoverScreen(stage: Stage, recovery: Recovery): HTMLElement {
  const { labels } = stage;
  const { capabilities, notice } = recovery;
  const made = form(stage, {
    title: labels.recover_title,
    ...(notice ? { notice } : { text: labels.recover_text }),
    fields: [usernameField(stage, capabilities.sign_in.usernames, { value: recovery.username })],
    submit: labels.recover,
    after: [h("p", { class: "portico-foot" }, stage.linkTo("sign-in", labels.back))],
    async send({ username = "" }) {
      await sendCode(stage, username);
      stage.show(resetScreen(stage, recovery, username, () => stage.show(made)));
    },
  });
  return made;
}

async function sendCode(stage: Stage, username: string): Promise<void> {
  await stage.client.forgotPassword({ username }, await stage.guarded("forgotPassword"));
}

function resetScreen(
  stage: Stage,
  { capabilities, reset }: Recovery,
  username: string,
  restart: () => void,
): HTMLElement {
  const { client, labels } = stage;
  stage.emit("portico-code", { username });
  return form(stage, {
    title: labels.reset_title,
    text: labels.reset_text,
    before: [usernameForManagers(username)],
    fields: [codeField(labels.code), newPasswordField(stage, capabilities)],
    submit: labels.reset,
    retry: "code",
    after: [...resend(stage, () => sendCode(stage, username)), who({ stage, username, restart })],
    async send({ code = "", new_password = "" }) {
      await client.resetPassword({ username, code, new_password }, stage);
      await reset(username, new_password);
    },
  });
}

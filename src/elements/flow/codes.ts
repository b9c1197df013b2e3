import type { CodeStep, SelectMfaStep, TotpStep } from "../client.ts";
import { type Content, h } from "../dom.ts";
import { button } from "../parts/buttons.ts";
import { codeField } from "../parts/fields.ts";
import { form, whenClicked } from "../parts/form.ts";
import type { Stage } from "../stage.ts";
import { type Flow, goOn, who } from "./flow.ts";

/** Asks for a code of the authenticator app. */
export function totpScreen(flow: Flow, step: TotpStep): HTMLElement {
  const { stage } = flow;
  const { labels } = stage;
  const name = step.device_name;
  return form(stage, {
    title: labels.totp_title,
    text: name ? stage.say("totp_text_named", { name }) : labels.totp_text,
    fields: [codeField(labels.code)],
    submit: labels.continue,
    retry: "code",
    after: [recoveryLink(flow, step, () => totpScreen(flow, step)), who(flow)],
    send: ({ code = "" }) => goOn(flow, step.answer({ code }, stage)),
  });
}

/** Asks for a code that was sent. */
export function sentCodeScreen(flow: Flow, step: CodeStep): HTMLElement {
  const { stage, username, capabilities, hasPassword } = flow;
  const { labels } = stage;
  stage.emit("portico-code", { username });
  return form(stage, {
    title: labels.code_title,
    text: sentTo(stage, step.delivery),
    fields: [codeField(labels.code)],
    submit: labels.continue,
    retry: "code",
    after: [
      ...(capabilities.sign_in.code_resend ? resend(stage, () => step.resend(stage)) : []),
      hasPassword && recoveryLink(flow, step, () => sentCodeScreen(flow, step)),
      who(flow),
    ],
    send: ({ code = "" }) => goOn(flow, step.answer({ code }, stage)),
  });
}

/** Makes the way on for whoever has lost the second factor, where the service has one. */
export function recoveryLink(
  flow: Flow,
  step: TotpStep | CodeStep | SelectMfaStep,
  back: () => HTMLElement,
): Content {
  const { stage, capabilities } = flow;
  if (!capabilities.second_factors.recovery_codes) return undefined;
  const show = () => stage.show(recoveryScreen(flow, step, back));
  return h("p", { class: "portico-foot" }, button(stage.labels.use_recovery_code, "link", show));
}

function recoveryScreen(
  flow: Flow,
  step: Parameters<typeof recoveryLink>[1],
  back: () => HTMLElement,
) {
  const { stage } = flow;
  const { labels } = stage;
  return form(stage, {
    title: labels.recovery_code_title,
    text: labels.recovery_code_text,
    fields: [
      codeField(labels.recovery_code, { inputmode: "text", autocomplete: "off", className: "" }),
    ],
    submit: labels.continue,
    retry: "code",
    cancel: () => stage.show(back()),
    after: [who(flow)],
    send: ({ code = "" }) => goOn(flow, step.recover({ code }, stage)),
  });
}

/** Says where a code went. */
export function sentTo(stage: Stage, delivery: CodeStep["delivery"]): string {
  if (!delivery) return stage.labels.code_sent;
  const { medium, destination } = delivery;
  return stage.say(medium === "sms" ? "code_by_sms" : "code_by_email", { destination });
}

/** Makes the button that sends a code once more, and the places where it says so. */
export function resend(stage: Stage, send: () => Promise<unknown>): readonly Content[] {
  const { send_again: label, sent_again: done } = stage.labels;
  const note = h("p", { class: "portico-notice", role: "status", hidden: true });
  const again = button(label, "link", () => undefined);
  const alert = whenClicked(stage, again, async () => {
    note.hidden = true;
    await send();
    note.hidden = false;
    note.textContent = done;
  });
  return [alert, note, h("p", { class: "portico-foot" }, again)];
}

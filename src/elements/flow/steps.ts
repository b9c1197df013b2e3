import type {
  CustomStep,
  NewPasswordStep,
  PasskeyStep,
  SelectFactorStep,
  SelectMfaStep,
  Step,
} from "../client.ts";
import { type Content, h } from "../dom.ts";
import { attributeField } from "../parts/attributes.ts";
import { button, choices } from "../parts/buttons.ts";
import { field, passwordField, usernameForManagers } from "../parts/fields.ts";
import { form, showAlert } from "../parts/form.ts";
import { newPasswordField } from "../parts/rules.ts";
import { recoveryLink, sentCodeScreen, totpScreen } from "./codes.ts";
import { type Flow, goOn, who } from "./flow.ts";
import { factorChoice } from "./methods.ts";
import { setupScreen } from "./set-up.ts";

/** Makes the screen of a step: of one that has not ended the sign-in. */
export function stepScreen(flow: Flow, step: Exclude<Step, { type: "signed_in" }>): HTMLElement {
  switch (step.type) {
    case "totp":
      return totpScreen(flow, step);
    case "sms_code":
    case "email_code":
      return sentCodeScreen(flow, step);
    case "new_password":
      return newPasswordScreen(flow, step);
    case "mfa_setup":
      return setupScreen(flow, step);
    case "select_mfa":
      return selectMfaScreen(flow, step);
    case "select_factor":
      return selectFactorScreen(flow, step);
    case "passkey":
      return passkeyScreen(flow, step);
    case "custom":
      return customScreen(flow, step);
    default:
      return unknownScreen(flow);
  }
}

function newPasswordScreen(flow: Flow, step: NewPasswordStep): HTMLElement {
  const { stage, username, capabilities } = flow;
  const { labels } = stage;
  const attributes = step.required_attributes.map((name) => attributeField(stage, name));
  return form(stage, {
    title: labels.new_password_title,
    text: labels.new_password_text,
    before: [usernameForManagers(username)],
    fields: [newPasswordField(stage, capabilities), ...attributes],
    submit: labels.continue,
    after: [who(flow)],
    send({ new_password = "", ...given }) {
      const answer = { new_password, ...(attributes.length > 0 && { attributes: given }) };
      return goOn(flow, step.answer(answer, stage));
    },
  });
}

function selectMfaScreen(flow: Flow, step: SelectMfaStep): HTMLElement {
  const { labels } = flow.stage;
  return choiceScreen(
    flow,
    { title: labels.select_mfa_title, text: labels.select_mfa_text },
    step.methods,
    (method) => step.answer({ method }, flow.stage),
    recoveryLink(flow, step, () => selectMfaScreen(flow, step)),
  );
}

function selectFactorScreen(flow: Flow, step: SelectFactorStep): HTMLElement {
  const { stage } = flow;
  return choiceScreen(flow, { title: stage.labels.select_factor_title }, step.factors, (factor) => {
    if (factor !== "password") return step.answer({ factor }, stage);
    stage.show(passwordScreen(flow, step));
    return undefined;
  });
}

/** The password of a sign-in that was begun without one. */
function passwordScreen(flow: Flow, step: SelectFactorStep): HTMLElement {
  const { stage, username } = flow;
  const { labels } = stage;
  const name = { name: "password", label: labels.password, autocomplete: "current-password" };
  return form(stage, {
    title: labels.sign_in_title,
    before: [usernameForManagers(username)],
    fields: [passwordField(name, labels)],
    submit: labels.sign_in,
    retry: "password",
    after: [who(flow)],
    send: ({ password = "" }) => goOn(flow, step.answer({ factor: "password", password }, stage)),
  });
}

function choiceScreen<Name extends Parameters<typeof factorChoice>[1]>(
  flow: Flow,
  { title, text }: { readonly title: string; readonly text?: string },
  names: readonly Name[],
  choose: (name: Name) => Promise<Step> | undefined,
  after?: Content,
): HTMLElement {
  const { stage } = flow;
  const alert = h("div", { class: "portico-alert", role: "alert", hidden: true });
  let isBusy = false;
  async function go(name: Name) {
    if (isBusy) return;
    isBusy = true;
    showAlert(alert, undefined);
    try {
      const next = choose(name);
      if (next) await goOn(flow, next);
    } catch (error) {
      showAlert(alert, stage.explain(error).text);
    } finally {
      isBusy = false;
    }
  }
  return h(
    "div",
    { class: "portico-screen" },
    stage.heading(title),
    text !== undefined && h("p", { class: "portico-text" }, text),
    alert,
    choices(
      title,
      names.map((name) => ({ ...factorChoice(stage, name), choose: () => go(name) })),
    ),
    after,
    who(flow),
  );
}

/** Asks for a passkey at once, and again at a click. */
function passkeyScreen(flow: Flow, step: PasskeyStep): HTMLElement {
  const { stage } = flow;
  const { labels } = stage;
  const made = form(stage, {
    title: labels.passkey_title,
    text: labels.passkey_text,
    fields: [],
    submit: labels.with_passkey,
    after: [who(flow)],
    send: () => goOn(flow, step.answer(undefined, stage)),
  });
  queueMicrotask(() => made.requestSubmit());
  return made;
}

function customScreen(flow: Flow, step: CustomStep): HTMLElement {
  const { stage } = flow;
  const { labels } = stage;
  const [question, ...more] = Object.values(step.parameters);
  return form(stage, {
    title: labels.custom_title,
    text: [question, ...more].join(" · ") || undefined,
    fields: [field({ name: "answer", label: labels.answer })],
    submit: labels.continue,
    retry: "answer",
    after: [who(flow)],
    send: ({ answer = "" }) => goOn(flow, step.answer({ answer }, stage)),
  });
}

function unknownScreen({ stage, restart }: Flow): HTMLElement {
  const { labels } = stage;
  return h(
    "div",
    { class: "portico-screen" },
    stage.heading(labels.unknown_title),
    h("p", { class: "portico-text" }, labels.unknown_text),
    h(
      "div",
      { class: "portico-actions" },
      button(labels.back, "secondary", () => restart()),
    ),
  );
}

import type { MfaSetupStep } from "../client.ts";
import { isPorticoError } from "../client.ts";
import { type Content, h } from "../dom.ts";
import { attributeField } from "../parts/attributes.ts";
import { choices } from "../parts/buttons.ts";
import { codeField } from "../parts/fields.ts";
import { form, showAlert } from "../parts/form.ts";
import type { Stage } from "../stage.ts";
import { type Flow, goOn, who } from "./flow.ts";
import { factorChoice } from "./methods.ts";

type Method = MfaSetupStep["methods"][number];

/** Has the user set up a second factor, without which there is no sign-in. */
export function setupScreen(flow: Flow, step: MfaSetupStep): HTMLElement {
  return step.totp ? scanScreen(flow, step, step.totp) : methodScreen(flow, step);
}

function methodScreen(flow: Flow, step: MfaSetupStep): HTMLElement {
  const { stage } = flow;
  const { labels } = stage;
  const alert = h("div", { class: "portico-alert", role: "alert", hidden: true });
  async function choose(method: Method) {
    showAlert(alert, undefined);
    try {
      await goOn(flow, step.answer({ method }, stage));
    } catch (error) {
      // Codes of this kind go to an address, and the user has none yet.
      const lacks = isPorticoError(error, "validation_failed") && method !== "totp";
      if (lacks) stage.show(addressScreen(flow, step, method));
      else showAlert(alert, stage.explain(error).text);
    }
  }
  return h(
    "div",
    { class: "portico-screen" },
    stage.heading(labels.setup_title),
    h("p", { class: "portico-text" }, labels.setup_text),
    alert,
    choices(
      labels.setup_title,
      step.methods.map((method) => ({
        ...factorChoice(stage, method),
        choose: () => choose(method),
      })),
    ),
    who(flow),
  );
}

function addressScreen(flow: Flow, step: MfaSetupStep, method: Exclude<Method, "totp">) {
  const { stage } = flow;
  const { labels } = stage;
  const name = method === "email_code" ? "email" : "phone_number";
  return form(stage, {
    title: labels.setup_title,
    fields: [attributeField(stage, name, { name: "address" })],
    submit: labels.continue,
    cancel: () => stage.show(methodScreen(flow, step)),
    after: [who(flow)],
    send: ({ address = "" }) => goOn(flow, step.answer({ method, address }, stage)),
  });
}

function scanScreen(
  flow: Flow,
  step: MfaSetupStep,
  { secret, uri }: NonNullable<MfaSetupStep["totp"]>,
): HTMLElement {
  const { stage } = flow;
  const { labels } = stage;
  return form(stage, {
    title: labels.scan_title,
    text: labels.scan_text,
    before: scanParts(stage, { secret, uri, qr: step.qr() }),
    fields: [codeField(labels.code)],
    submit: labels.continue,
    retry: "code",
    after: [who(flow)],
    send: ({ code = "" }) => goOn(flow, step.answer({ code }, stage)),
  });
}

/** The secret for an authenticator app, as a picture and to be typed in. */
interface Secret {
  readonly secret: string;
  readonly uri: string;
  readonly qr: string | undefined | Promise<string | undefined>;
}

/** Shows the secret for an authenticator app. On a telephone, which cannot scan itself, the picture is a link to the app. */
export function scanParts(stage: Stage, { secret, uri, qr }: Secret): readonly Content[] {
  const { labels } = stage;
  const picture = h("img", { class: "portico-qr", alt: labels.scan_alt, width: 192, height: 192 });
  void Promise.resolve(qr).then((svg) => {
    // As a picture, so that no markup of elsewhere gets into the page.
    if (svg) picture.src = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  });
  return [
    h("a", { class: "portico-qr-link", href: uri, tabindex: -1 }, picture),
    h(
      "p",
      { class: "portico-secret" },
      labels.scan_manual,
      h("code", { dir: "ltr" }, grouped(secret)),
    ),
  ];
}

/** Groups of four are easier to type. */
function grouped(secret: string): string {
  return secret.replace(/(.{4})(?=.)/g, "$1 ");
}

import type { Schemas } from "../client.ts";
import { h } from "../dom.ts";
import { factorChoice } from "../flow/methods.ts";
import { scanParts } from "../flow/set-up.ts";
import { button } from "../parts/buttons.ts";
import { codeField } from "../parts/fields.ts";
import { form, whenClicked } from "../parts/form.ts";
import type { Desk } from "./desk.ts";
import { recoveryItem } from "./recovery-codes.ts";
import { badge, item, list, type Section, type SectionParts } from "./section.ts";

type Factors = Schemas["MfaPreferences"];
type Method = Factors["enabled"][number];

/** The user's second factors. */
export function secondFactorSection(desk: Desk): SectionParts {
  const { stage, account, capabilities } = desk;
  const { labels } = stage;
  return {
    name: "second-factors",
    title: labels.second_factors,
    text: labels.second_factors_text,
    async view(section) {
      const factors = await account.mfa(stage);
      const items = capabilities.second_factors.available.map((method) =>
        factorItem(desk, section, factors, method),
      );
      // Without a second factor there is nothing that they could stand for.
      const hasCodes = factors.recovery_codes !== undefined && factors.enabled.length > 0;
      return [list(...items, ...(hasCodes ? [recoveryItem(desk, section, factors)] : []))];
    },
  };
}

function factorItem(desk: Desk, section: Section, factors: Factors, method: Method): HTMLElement {
  const { stage } = desk;
  const { labels } = stage;
  const { label, hint } = factorChoice(stage, method);
  const isOn = factors.enabled.includes(method);
  const isFirst = factors.preferred === method && factors.enabled.length > 1;
  const text = h("span", {}, label, badge(isOn ? labels.on : labels.off, isOn));
  if (isFirst) text.append(badge(labels.preferred));
  const nothing = () => undefined;
  const prefer = button(labels.prefer, "secondary", nothing);
  const off = button(labels.turn_off, "secondary", nothing);
  const on = button(method === "totp" ? labels.set_up : labels.turn_on, "secondary", nothing);
  const actions = isOn ? [...(isFirst || factors.enabled.length < 2 ? [] : [prefer]), off] : [on];
  for (const action of actions) describe(action, label);
  const made = item(text, hint, ...actions);
  const put = (enabled: readonly Method[], preferred = factors.preferred) =>
    set(desk, section, enabled, preferred);
  made.append(
    whenClicked(stage, prefer, () => put(factors.enabled, method)),
    whenClicked(stage, off, () => put(factors.enabled.filter((one) => one !== method))),
    whenClicked(stage, on, () =>
      method === "totp" ? scan(desk, section, factors) : put([...factors.enabled, method]),
    ),
  );
  return made;
}

/** A button among others of its name says what it is about. */
function describe(action: HTMLElement, label: string): void {
  action.setAttribute("aria-label", `${action.textContent}: ${label}`);
}

async function set(
  { stage, account, fresh }: Desk,
  section: Section,
  enabled: readonly Method[],
  preferred: Method | undefined,
): Promise<void> {
  const kept = preferred && enabled.includes(preferred) ? preferred : enabled[0];
  const factors = { enabled: [...enabled], ...(kept && { preferred: kept }) };
  await fresh(() => account.setMfa(factors, stage));
  await section.load(stage.labels.saved);
}

async function scan(desk: Desk, section: Section, factors: Factors): Promise<void> {
  const { stage, account, fresh } = desk;
  const { labels } = stage;
  const totp = await fresh(() => account.startTotp(stage));
  section.show(
    form(stage, {
      text: labels.scan_text,
      before: scanParts(stage, totp),
      fields: [codeField(labels.code)],
      submit: labels.turn_on,
      retry: "code",
      cancel: () => void section.load(),
      async send({ code = "" }) {
        await fresh(() => account.confirmTotp({ code }, stage));
        await set(desk, section, [...factors.enabled, "totp"], factors.preferred ?? "totp");
      },
    }),
  );
}

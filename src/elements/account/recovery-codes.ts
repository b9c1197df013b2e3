import type { Schemas } from "../client.ts";
import { h } from "../dom.ts";
import { button } from "../parts/buttons.ts";
import { whenClicked } from "../parts/form.ts";
import type { Desk } from "./desk.ts";
import { badge, item, type Section } from "./section.ts";

/** The line on recovery codes: how many are left, and new ones. */
export function recoveryItem(
  { stage, account, fresh }: Desk,
  section: Section,
  { recovery_codes: codes }: Pick<Schemas["MfaPreferences"], "recovery_codes">,
): HTMLElement {
  const { labels } = stage;
  const left = badge(stage.say("recovery_codes_left", { count: codes?.left ?? 0 }));
  const make = button(labels.recovery_codes_make, "secondary", () => undefined);
  const label = h("span", {}, labels.recovery_codes, left);
  const made = item(label, labels.recovery_codes_text, make);
  const alert = whenClicked(stage, make, async () => {
    const made = await fresh(() => account.createRecoveryCodes(stage));
    section.show(codeList(stage, made, () => void section.load()));
  });
  made.append(alert);
  return made;
}

/** Shows codes this once, to be copied or kept as a file. */
function codeList(stage: Desk["stage"], codes: readonly string[], done: () => void): HTMLElement {
  const { labels } = stage;
  const text = `${codes.join("\n")}\n`;
  const copied = h("p", { class: "portico-hint", role: "status" });
  const copy = button(labels.copy, "secondary", async () => {
    await navigator.clipboard.writeText(text);
    copied.textContent = labels.copied;
  });
  // An address that has the file in it needs nothing from anywhere.
  const file = h(
    "a",
    {
      class: "portico-button portico-button--secondary",
      href: `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`,
      download: "recovery-codes.txt",
    },
    labels.download,
  );
  return h(
    "div",
    { class: "portico-screen" },
    h("p", { class: "portico-notice" }, labels.recovery_codes_new),
    h("ul", { class: "portico-codes", dir: "ltr" }, ...codes.map((code) => h("li", {}, code))),
    copied,
    h("div", { class: "portico-actions" }, button(labels.done, "primary", done), copy, file),
  );
}

import { h, type IconName, icon, icons } from "../dom.ts";

/** The looks of a button. */
export type ButtonKind = "primary" | "secondary" | "danger" | "link";

/** Makes a button that does something and says that it is at it. */
export function button(
  label: string,
  kind: ButtonKind,
  act?: () => unknown,
  name?: IconName,
): HTMLButtonElement {
  const made = h(
    "button",
    { type: act ? "button" : "submit", class: `portico-button portico-button--${kind}` },
    name && icon(icons[name]),
    h("span", {}, label),
  );
  if (act) made.addEventListener("click", () => made.ariaDisabled !== "true" && act());
  return made;
}

/** Marks a button as busy: it keeps the focus, and does nothing meanwhile. */
export function setBusy(button: HTMLButtonElement, isBusy: boolean): void {
  button.toggleAttribute("data-busy", isBusy);
  button.ariaDisabled = isBusy ? "true" : null;
  button.ariaBusy = isBusy ? "true" : null;
}

/** Makes a link to another screen or page, at which it can be caught. */
export function link(label: string, href: string): HTMLAnchorElement {
  return h("a", { class: "portico-link", href }, label);
}

/** Makes a list of ways to go on, of which one is chosen by a click. */
export function choices(
  label: string,
  all: readonly {
    readonly label: string;
    readonly hint?: string | undefined;
    readonly icon: IconName;
    readonly choose: () => unknown;
  }[],
): HTMLElement {
  const list = h("ul", { class: "portico-choices", "aria-label": label });
  for (const { label, hint, icon: name, choose } of all) {
    const made = h(
      "button",
      { type: "button", class: "portico-choice" },
      icon(icons[name]),
      h(
        "span",
        {},
        h("span", { class: "portico-choice-label" }, label),
        hint !== undefined && h("span", { class: "portico-hint" }, hint),
      ),
    );
    made.addEventListener("click", () => {
      if (made.ariaDisabled !== "true") void choose();
    });
    list.append(h("li", {}, made));
  }
  return list;
}

import { freshId, h, icon, icons } from "../dom.ts";
import type { Labels } from "../texts/en.ts";

/** A question of a form, with its label, its hint and what is wrong with its answer. */
export interface Field {
  readonly name: string;
  readonly node: HTMLElement;
  readonly input: HTMLInputElement;
  /** The answer as it is sent. */
  value(): string;
  /** Shows what is wrong with the answer; nothing takes that away. */
  fail(text: string | undefined): void;
  /** The places in a request that this answer goes to, as JSON pointers, besides its own name. */
  readonly pointers: readonly string[];
}

/** The parts of a field. */
export interface FieldParts {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly type?: string;
  readonly autocomplete?: string;
  readonly inputmode?: "numeric" | "email" | "tel" | "text";
  readonly value?: string | undefined;
  readonly required?: boolean;
  readonly pointers?: readonly string[];
  /** Shown beside the label. */
  readonly note?: string | undefined;
  /** Brings the answer into the form that is sent. */
  readonly normal?: (text: string) => string;
  /** Stands below the input. */
  readonly below?: HTMLElement | undefined;
  readonly className?: string;
}

export function field(parts: FieldParts): Field {
  const { name, label, hint, below, required = true, normal = (text) => text } = parts;
  const id = freshId(name.replace(/\W/g, "-"));
  const hintId = `${id}-hint`;
  const errorId = `${id}-error`;
  const input = h("input", {
    id,
    name,
    class: `portico-input ${parts.className ?? ""}`.trim(),
    type: parts.type ?? "text",
    autocomplete: parts.autocomplete ?? "off",
    inputmode: parts.inputmode,
    "aria-required": required ? "true" : undefined,
    "aria-describedby": hint || below ? `${hintId} ${errorId}` : errorId,
    autocapitalize: "none",
    spellcheck: "false",
    ...(isLeftToRight(parts) && { dir: "ltr" }),
  });
  input.value = parts.value ?? "";
  const error = h("p", { id: errorId, class: "portico-error", hidden: true });
  const node = h(
    "div",
    { class: "portico-field" },
    h(
      "label",
      { class: "portico-label", for: id },
      label,
      parts.note !== undefined && h("span", { class: "portico-note" }, ` (${parts.note})`),
    ),
    h("div", { class: "portico-control" }, input),
    hint !== undefined && h("p", { id: hintId, class: "portico-hint" }, hint),
    below,
    error,
  );
  if (below && hint === undefined) below.id = hintId;
  return {
    name,
    node,
    input,
    pointers: parts.pointers ?? [],
    value: () => normal(input.value),
    fail(text) {
      error.replaceChildren(...(text === undefined ? [] : [icon(icons.wrong), text]));
      error.hidden = text === undefined;
      input.toggleAttribute("data-invalid", text !== undefined);
      if (text === undefined) input.removeAttribute("aria-invalid");
      else input.setAttribute("aria-invalid", "true");
    },
  };
}

/** Addresses, codes and numbers are read from the left in every script. */
function isLeftToRight({ type = "text", inputmode }: FieldParts): boolean {
  return ["email", "tel", "password", "date", "url"].includes(type) || inputmode === "numeric";
}

/** Makes a field for a password, which can be shown: who sees it makes fewer mistakes, and needs no second field. */
export function passwordField(
  parts: Omit<FieldParts, "type">,
  { show_password: label }: Pick<Labels, "show_password">,
): Field {
  const made = field({ ...parts, type: "password" });
  const button = h(
    "button",
    {
      type: "button",
      class: "portico-reveal",
      "aria-pressed": "false",
      "aria-label": label,
      "aria-controls": made.input.id,
    },
    icon(icons.shown),
  );
  button.addEventListener("click", () => {
    const isShown = made.input.type === "text";
    made.input.type = isShown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!isShown));
    button.replaceChildren(icon(isShown ? icons.shown : icons.hidden));
  });
  made.input.after(button);
  return made;
}

/** Makes a field for a code, however it is pasted: codes have no white space, and mails break them by it. */
export function codeField(label: string, parts: Partial<FieldParts> = {}): Field {
  return field({
    name: "code",
    label,
    autocomplete: "one-time-code",
    inputmode: "numeric",
    className: "portico-input--code",
    normal: (text) => text.replace(/\s+/g, ""),
    ...parts,
  });
}

/** Makes a checkbox with its label. */
export function checkbox(name: string, label: string) {
  const input = h("input", { type: "checkbox", name, class: "portico-checkbox" });
  return { input, node: h("label", { class: "portico-check" }, input, h("span", {}, label)) };
}

/**
 * Makes the user name of a form that asks for a password alone: for password managers, which would not know whose it is.
 *
 * @see https://www.chromium.org/developers/design-documents/create-amazing-password-forms/
 */
export function usernameForManagers(username: string): HTMLInputElement {
  const input = h("input", {
    type: "text",
    name: "username",
    class: "portico-hidden",
    autocomplete: "username",
    readonly: true,
    tabindex: "-1",
    "aria-hidden": "true",
  });
  input.value = username;
  return input;
}

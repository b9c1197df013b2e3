import { type Content, freshId, h, icon, icons } from "../dom.ts";
import type { Stage } from "../stage.ts";
import { type ButtonKind, button, setBusy } from "./buttons.ts";
import type { Field } from "./fields.ts";

/** The parts of a form: what it asks, and what is done with the answers. */
export interface FormParts {
  readonly title?: string | undefined;
  readonly text?: string | undefined;
  /** Told at the top, as something has just happened that led here. */
  readonly notice?: string | undefined;
  readonly before?: readonly Content[];
  readonly fields: readonly Field[];
  readonly beforeSubmit?: readonly Content[];
  readonly submit: string;
  readonly kind?: ButtonKind;
  readonly cancel?: (() => void) | undefined;
  readonly after?: readonly Content[];
  /** The field to go back to where an answer was refused that is nobody's fault in particular. */
  readonly retry?: string;
  /** Sends the answers. What it throws is shown where it belongs. */
  readonly send: (answers: Answers) => Promise<unknown>;
}

/** The answers of a form, by the names of its fields. */
export type Answers = Readonly<Record<string, string>>;

/**
 * Makes a form. It stays as it is while its answers are sent and when they were refused, so that nothing typed is lost; it
 * is sent once at a time; and what is wrong is shown at the field that it is about, or above all fields.
 */
export function form(stage: Stage, parts: FormParts): HTMLFormElement {
  const { title, text, notice, fields, cancel } = parts;
  const titleId = freshId("title");
  const alert = h("div", { class: "portico-alert", role: "alert", hidden: true });
  const submit = button(parts.submit, parts.kind ?? "primary");
  const made = h(
    "form",
    {
      class: "portico-form",
      novalidate: true,
      ...(title ? { "aria-labelledby": titleId } : { "aria-label": parts.submit }),
    },
    title !== undefined && stage.heading(title, titleId),
    text !== undefined && h("p", { class: "portico-text" }, text),
    notice !== undefined && h("p", { class: "portico-notice", role: "status" }, notice),
    alert,
    ...(parts.before ?? []),
    ...fields.map(({ node }) => node),
    ...(parts.beforeSubmit ?? []),
    h(
      "div",
      { class: "portico-actions" },
      submit,
      cancel && button(stage.labels.cancel, "secondary", cancel),
    ),
    ...(parts.after ?? []),
  );
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    if (submit.ariaDisabled !== "true") void sendOnce(stage, parts, { made, alert, submit });
  });
  return made;
}

interface Places {
  readonly made: HTMLFormElement;
  readonly alert: HTMLElement;
  readonly submit: HTMLButtonElement;
}

async function sendOnce(stage: Stage, parts: FormParts, { made, alert, submit }: Places) {
  const { fields, send } = parts;
  for (const field of fields) field.fail(undefined);
  showAlert(alert, undefined);
  const missing = fields.filter(
    ({ input }) => input.getAttribute("aria-required") === "true" && input.value.trim() === "",
  );
  for (const field of missing) field.fail(stage.labels.required);
  if (missing[0]) {
    missing[0].input.focus();
    return;
  }
  setBusy(submit, true);
  try {
    await send(Object.fromEntries(fields.map((field) => [field.name, field.value()])));
  } catch (error) {
    // Who has gone on meanwhile is not told of what they left.
    if (made.isConnected && !isCalledOff(error)) placeError(stage, error, parts, alert);
  } finally {
    setBusy(submit, false);
  }
}

/** Tells whether nothing went wrong but that the user wanted it no more. */
function isCalledOff(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Shows an error at the fields that it is about, and above them all where it is about none. */
function placeError(stage: Stage, error: unknown, parts: FormParts, alert: HTMLElement): void {
  const { fields, retry } = parts;
  const { faults, text } = stage.explain(error);
  const rest: string[] = [];
  const failed = new Map<Field, string>();
  for (const { pointers, text } of faults) {
    const field = fields.find((one) => isAbout(one, pointers));
    if (field) failed.set(field, [failed.get(field), text].filter(Boolean).join(" "));
    else rest.push(text);
  }
  for (const [field, text] of failed) field.fail(text);
  if (failed.size === 0 || rest.length > 0)
    showAlert(alert, [...new Set([text, ...rest])].join(" "));
  const wrong =
    fields.find((field) => failed.has(field)) ?? fields.find((one) => one.name === retry);
  wrong?.input.focus();
  wrong?.input.select();
}

function isAbout({ name, pointers: own }: Field, pointers: readonly string[]): boolean {
  return pointers.some((pointer) => pointer === `/${name}` || own.includes(pointer));
}

/** Shows an alert, or takes it away. It is filled after it is there, as it is read out only then. */
export function showAlert(alert: HTMLElement, text: string | undefined): void {
  alert.hidden = text === undefined;
  alert.replaceChildren(...(text === undefined ? [] : [icon(icons.wrong), h("span", {}, text)]));
}

/**
 * Does something at a click, outside of a form, and shows in an alert of its own what went wrong with it.
 *
 * @returns the alert, for a place beside the button
 */
export function whenClicked(
  stage: Stage,
  made: HTMLElement,
  act: (button: HTMLButtonElement) => Promise<unknown>,
): HTMLElement {
  const alert = h("div", { class: "portico-alert", role: "alert", hidden: true });
  for (const button of made.matches("button") ? [made] : made.querySelectorAll("button")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.addEventListener("click", () => void once(button));
  }
  async function once(button: HTMLButtonElement) {
    if (button.ariaDisabled === "true") return;
    showAlert(alert, undefined);
    setBusy(button, true);
    try {
      await act(button);
    } catch (error) {
      if (button.isConnected && !isCalledOff(error)) showAlert(alert, stage.explain(error).text);
    } finally {
      setBusy(button, false);
    }
  }
  return alert;
}

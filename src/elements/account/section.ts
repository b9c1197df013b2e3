import { type Content, freshId, h } from "../dom.ts";
import { button } from "../parts/buttons.ts";
import type { Stage } from "../stage.ts";

/** A part of an account, which shows one thing after the other in its own place. */
export interface Section {
  readonly node: HTMLElement;
  /** Shows something in place of what there was, and moves the focus there. */
  show(...content: readonly Content[]): void;
  /** Loads what is to be seen, and shows it, with a word on what has just been done. */
  load(done?: string): Promise<void>;
}

/** The parts of a section. */
export interface SectionParts {
  readonly name: string;
  readonly title: string;
  readonly text?: string;
  readonly view: (section: Section) => Promise<readonly Content[]> | readonly Content[];
}

export function createSection(
  stage: Stage,
  level: number,
  { name, title, text, view }: SectionParts,
): Section {
  const id = freshId("section");
  const body = h("div", { class: "portico-section-body", tabindex: -1 });
  const tag = `h${Math.min(level + 1, 6)}` as "h2";
  const node = h(
    "section",
    { class: `portico-section portico-section--${name}`, "aria-labelledby": id },
    h(
      "div",
      {},
      h(tag, { id, class: "portico-section-title" }, title),
      text !== undefined && h("p", { class: "portico-hint" }, text),
    ),
    body,
  );
  const put = (content: readonly Content[]) =>
    body.replaceChildren(...content.filter((part) => part !== undefined && part !== false));
  let hasShown = false;
  const section: Section = {
    node,
    show(...content) {
      put(content);
      (body.querySelector<HTMLElement>("input:not([aria-hidden], [readonly])") ?? body).focus();
    },
    async load(done) {
      try {
        const content = await view(section);
        const note = done !== undefined && h("p", { class: "portico-notice" }, done);
        put([note, ...content]);
        if (done !== undefined) stage.tell(done);
        // Where a form was that had the focus, there is none now.
        if (hasShown) body.focus();
      } catch (error) {
        if (stage.signal.aborted) return;
        const again = button(stage.labels.try_again, "secondary", () => section.load(done));
        put([h("p", { class: "portico-alert", role: "alert" }, stage.explain(error).text), again]);
      }
      hasShown = true;
    },
  };
  put([h("p", { class: "portico-loading" }, stage.labels.loading)]);
  return section;
}

/** One line of a list, with what can be done about it. */
export function item(
  label: Content,
  below: string | undefined,
  ...actions: readonly HTMLElement[]
): HTMLElement {
  for (const action of actions) action.classList.add("portico-button--small");
  return h(
    "li",
    { class: "portico-item" },
    h(
      "div",
      { class: "portico-item-text" },
      h("span", { class: "portico-item-label" }, label),
      below !== undefined && h("span", { class: "portico-hint" }, below),
    ),
    actions.length > 0 && h("div", { class: "portico-item-actions" }, ...actions),
  );
}

/** A word beside another, such as that something is on. */
export function badge(text: string, isGood = false): HTMLElement {
  return h("span", { class: `portico-badge${isGood ? " portico-badge--good" : ""}` }, text);
}

/** A list of such lines. */
export function list(...items: readonly HTMLElement[]): HTMLElement {
  return h("ul", { class: "portico-list" }, ...items);
}

type Child = Node | string;

/** Makes an element. Text becomes text and never HTML, so that nothing the service answers can become part of the page. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    element.setAttribute(attribute, value);
  }
  element.append(...children);
  return element;
}

/** Makes a paragraph of each that a text has. */
export function prose(text: string): HTMLElement[] {
  return text.split("\n\n").map((paragraph) => make("p", {}, ...inline(paragraph)));
}

/** Makes code of what a text has between backticks. */
export function inline(text: string): Child[] {
  return text.split("`").map((part, index) => (index % 2 === 1 ? make("code", {}, part) : part));
}

/**
 * Finds an element of the page.
 *
 * @throws {TypeError} where the page has none of that kind under the id
 */
export function elementOf<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new TypeError(id);
}

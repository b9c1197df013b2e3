/** The attributes of an element: true stands for one without a value, false and undefined for none. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** The content of an element: text is never read as markup. */
export type Content = Node | string | false | undefined;

/** Makes an element of HTML. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Tag] {
  return filled(document.createElement(tag), attributes, content);
}

/** Makes a picture of one path, in a box of 24 by 24, in the colour of the text. It says nothing that the text does not. */
export function icon(path: string, name = ""): SVGSVGElement {
  const make = (tag: "svg" | "path", attributes: Attributes, ...content: readonly Content[]) =>
    filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, content);
  const box = { class: `portico-icon ${name}`.trim(), viewBox: "0 0 24 24", "aria-hidden": "true" };
  return make("svg", box, make("path", { d: path })) as SVGSVGElement;
}

function filled<Made extends Element>(
  element: Made,
  attributes: Attributes,
  content: readonly Content[],
): Made {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...content.filter((part) => part !== undefined && part !== false));
  return element;
}

let last = 0;

/** Gives an id that no other element of the page has. */
export function freshId(name: string): string {
  last += 1;
  return `portico-${name}-${last}`;
}

/** Paths of the pictures. */
export const icons = {
  shown: "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12Zm10 3a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  hidden:
    "M3 3l18 18M10.6 5.1A10 10 0 0 1 12 5c6 0 10 7 10 7a17 17 0 0 1-3.2 3.8M6.5 6.6A16 16 0 0 0 2 12s4 7 10 7a9.7 9.7 0 0 0 5-1.5M9.9 9.9a3 3 0 0 0 4.2 4.2",
  done: "M5 12.5 10 17.5 19 7",
  wrong: "M12 7.5v5.5m0 3.5v.01M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Z",
  passkey:
    "M10 11a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm3.5 4.4A7 7 0 0 0 3 20.5h9.5M18.5 12a2.5 2.5 0 0 1 1 4.8V19l-1 1 1 1-1.5 1.5-1.5-1.5v-4.2a2.5 2.5 0 0 1 1.5-4.8Z",
  mail: "M3 6h18v12H3zm0 1 9 7 9-7",
  phone: "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm3.5 15h1",
  key: "M15.5 4a4.5 4.5 0 1 1-4.2 6.1L4 17.4V20h3v-2h2v-2h1.5l2.4-2.4A4.5 4.5 0 0 1 15.5 4Zm1.5 3.5v.01",
  app: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 4v5l3.5 2",
} as const;

export type IconName = keyof typeof icons;

/** As much of a browser's document as the script of `/docs` needs, as this process has none. */
export class SmallElement {
  readonly tag: string;
  readonly attributes = new Map<string, string>();
  readonly listeners = new Map<string, (event: { preventDefault(): void }) => void>();
  childNodes: (SmallElement | string)[] = [];
  value = "";
  rows = 0;
  disabled = false;
  open = false;
  isInView = false;
  hasFocus = false;

  constructor(tag: string) {
    this.tag = tag;
  }

  get id(): string {
    return this.attributes.get("id") ?? "";
  }

  get children(): SmallElement[] {
    return this.childNodes.filter((child) => child instanceof SmallElement);
  }

  set className(name: string) {
    this.attributes.set("class", name);
  }

  get textContent(): string {
    return this.childNodes
      .map((child) => (typeof child === "string" ? child : child.textContent))
      .join("");
  }

  set textContent(text: string) {
    this.childNodes = [text];
  }

  setAttribute(name: string, value: string): void {
    this.attributes.set(name, value);
  }

  append(...nodes: (SmallElement | string)[]): void {
    this.childNodes.push(...nodes);
  }

  replaceChildren(...nodes: (SmallElement | string)[]): void {
    this.childNodes = nodes;
  }

  addEventListener(type: string, listener: (event: { preventDefault(): void }) => void): void {
    this.listeners.set(type, listener);
  }

  /** Gives all that is below it of one tag: the only kind of selector there is. */
  querySelectorAll(tag: string): SmallElement[] {
    return this.all().filter((element) => element.tag === tag);
  }

  querySelector(tag: string): SmallElement | null {
    return this.querySelectorAll(tag)[0] ?? null;
  }

  scrollIntoView(): void {
    this.isInView = true;
  }

  focus(): void {
    this.hasFocus = true;
  }

  all(): SmallElement[] {
    return this.children.flatMap((child) => [child, ...child.all()]);
  }
}

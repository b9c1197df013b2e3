import type { PorticoClient } from "./client.ts";
import { h } from "./dom.ts";
import { explain } from "./explain.ts";
import { button } from "./parts/buttons.ts";
import { configured } from "./settings.ts";
import type { Destination, Stage } from "./stage.ts";
import { en, type LabelName, type Labels } from "./texts/en.ts";
import { type LoadedTexts, loadTexts } from "./texts/load.ts";

/** Where there is no page, as on a server that only imports this, there are no elements either. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

/** An element that shows one screen after the other in its own content, where password managers see the fields. */
export abstract class PorticoElement extends Base implements Stage {
  #client: PorticoClient | undefined;
  #texts: LoadedTexts | undefined;
  #controller = new AbortController();
  #root: HTMLElement | undefined;
  #live: HTMLElement | undefined;
  #hasShown = false;

  /** The client of the service. Set it before the element is put into the document. */
  get client(): PorticoClient {
    this.#client ??= configured().client();
    return this.#client;
  }
  set client(client: PorticoClient) {
    this.#client = client;
  }

  get labels(): Labels {
    return this.#texts?.labels ?? en;
  }

  get language(): string {
    return this.#texts?.language ?? "en";
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  connectedCallback(): void {
    // Moved within the document it stays as it is.
    if (this.#root?.isConnected) return;
    this.#controller = new AbortController();
    this.#hasShown = false;
    this.#root = h("div", { class: "portico" });
    this.#live = h("div", { class: "portico-live", role: "status" });
    this.replaceChildren(this.#root, this.#live);
    void this.#begin();
  }

  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected) this.#controller.abort();
    });
  }

  /** Shows the first screen. */
  protected abstract start(): Promise<void>;

  /** Stops what belongs to the time in the document. */
  protected whenGone(stop: () => void): void {
    this.signal.addEventListener("abort", stop, { once: true });
  }

  async #begin(): Promise<void> {
    const { signal } = this;
    try {
      this.#texts = await loadTexts(languageOf(this), configured().texts);
      if (signal.aborted) return;
      if (!this.#hasShown) {
        this.#root?.replaceChildren(h("p", { class: "portico-loading" }, this.labels.loading));
      }
      await this.start();
    } catch (error) {
      if (!signal.aborted) this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    const { labels } = this;
    const again = button(labels.try_again, "secondary", () => this.#begin());
    this.show(
      h(
        "div",
        { class: "portico-screen" },
        this.heading(labels.cannot_load),
        h("p", { class: "portico-text", role: "alert" }, this.explain(error).text),
        h("div", { class: "portico-actions" }, again),
      ),
    );
  }

  say(name: LabelName, values: Readonly<Record<string, string | number>>): string {
    return this.labels[name].replace(/\{(\w+)\}/g, (_, key) => String(values[key] ?? ""));
  }

  explain(error: unknown) {
    return explain(error, this.labels, this.#texts?.errors);
  }

  heading(text: string, id?: string): HTMLHeadingElement {
    return h(`h${this.level}`, { class: "portico-title", id, tabindex: -1 }, text);
  }

  /** The level of the headings, which an application sets as its page has it. */
  protected get level(): 1 | 2 | 3 | 4 {
    const level = Number(this.getAttribute("heading-level"));
    return level === 2 || level === 3 || level === 4 ? level : 1;
  }

  show(screen: HTMLElement): void {
    this.#root?.replaceChildren(screen);
    const first = screen.querySelector<HTMLElement>(
      "input:not([readonly], [aria-hidden], [type=checkbox])",
    );
    // The page is its reader's until they have begun.
    if (this.#hasShown || this.hasAttribute("autofocus")) {
      (first ?? screen.querySelector<HTMLElement>("[tabindex]"))?.focus();
    }
    this.#hasShown = true;
  }

  tell(text: string): void {
    if (this.#live) this.#live.textContent = text;
  }

  linkTo(destination: Destination, label: string): HTMLAnchorElement {
    const href = this.getAttribute(`${destination}-url`) ?? `#${destination}`;
    const link = h("a", { class: "portico-link", href }, label);
    link.addEventListener("click", (event) => {
      if (!this.emit("portico-go", { to: destination })) event.preventDefault();
    });
    return link;
  }

  emit(name: string, detail: Readonly<Record<string, unknown>> = {}): boolean {
    return this.dispatchEvent(
      new CustomEvent(name, { bubbles: true, composed: true, cancelable: true, detail }),
    );
  }

  /** Shows a screen that says something, with a way on. */
  protected showMessage(title: string, text: string, on?: Destination): void {
    const { sign_in, account_title } = this.labels;
    const link = on && this.linkTo(on, on === "account" ? account_title : sign_in);
    if (link) link.className = "portico-button portico-button--primary";
    this.show(
      h(
        "div",
        { class: "portico-screen" },
        this.heading(title),
        h("p", { class: "portico-text" }, text),
        link && h("div", { class: "portico-actions" }, link),
      ),
    );
  }

  /** Ends a sign-in: the application goes on, or the browser goes where it was wanted, or it is told. */
  protected finish(username: string): boolean {
    if (!this.emit("portico-signed-in", { username }) || this.leave()) return true;
    const text = this.say("signed_in_as", { name: username });
    this.showMessage(this.labels.signed_in_title, text, "account");
    return false;
  }

  /** Goes on to where a sign-in was wanted. */
  protected leave(): boolean {
    const address = this.getAttribute("return-to");
    if (address === null) return false;
    const { protocol, href } = new URL(address, document.baseURI);
    // No address runs a script, whoever wrote it.
    if (protocol !== "https:" && protocol !== "http:") return false;
    location.assign(href);
    return true;
  }

  async guarded(operation: string) {
    const { signal, client } = this;
    const { captcha } = await client.capabilities({ signal });
    const solve = configured().captcha;
    if (!captcha || !solve || !captcha.operations.some((name) => name === operation))
      return { signal };
    const { provider, site_key: siteKey } = captcha;
    return { signal, captcha: await solve({ operation, provider, siteKey }) };
  }
}

/** Gives the language of the page around an element, as spoken in the user's country where that is told. */
function languageOf(element: Element): string {
  const { lang } = element.closest<HTMLElement>("[lang]") ?? { lang: "" };
  const { language, languages } = navigator;
  return languages.find((one) => one.startsWith(`${lang}-`)) ?? (lang || language);
}

import { h } from "../../../elements/dom.ts";

interface Message {
  readonly medium: string;
  readonly purpose: string;
  readonly destination: string;
  readonly code: string;
  readonly sent_at: number;
}

const text = {
  en: {
    title: "Development: messages to {name}",
    hint: "Nothing is sent here. This panel is on this machine alone; it shows what would have been.",
    fill: "Fill in {code}",
  },
  de: {
    title: "Entwicklung: Nachrichten an {name}",
    hint: "Hier wird nichts gesendet. Dieses Feld gibt es nur auf diesem Rechner; es zeigt, was gesendet würde.",
    fill: "{code} einsetzen",
  },
};

/** The time between two looks at the outbox, in milliseconds. */
const everyMs = 1500;

/**
 * Shows the messages to whoever is asked for a code, below the element that asks, as there is no mail to look into. A click
 * on a code fills it in.
 */
export function showOutbox(main: HTMLElement, address: string): void {
  const words = document.documentElement.lang === "de" ? text.de : text.en;
  const title = h("h2");
  const list = h("ul");
  const panel = h("aside", { class: "outbox", hidden: true }, title, h("p", {}, words.hint), list);
  title.id = "outbox-title";
  panel.setAttribute("aria-labelledby", title.id);
  main.append(panel);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let shown = "";

  async function look(username: string) {
    clearTimeout(timer);
    const response = await fetch(`${address}?username=${encodeURIComponent(username)}`).catch(
      () => undefined,
    );
    const { messages = [] } = response?.ok ? await response.json() : {};
    show(username, messages.slice(-3).reverse());
    timer = setTimeout(() => void look(username), everyMs);
  }

  function show(username: string, messages: readonly Message[]) {
    const state = JSON.stringify([username, messages]);
    // An element that has the focus stays where it is.
    if (state === shown) return;
    shown = state;
    panel.hidden = messages.length === 0;
    title.textContent = words.title.replace("{name}", username);
    list.replaceChildren(...messages.map((message) => item(message, words.fill)));
  }

  addEventListener("portico-code", (event) => {
    if (event instanceof CustomEvent) void look(String(event.detail.username));
  });
}

function item({ purpose, destination, code }: Message, fill: string): HTMLElement {
  const button = h("button", { type: "button", "aria-label": fill.replace("{code}", code) }, code);
  button.addEventListener("click", () => {
    const input = document.querySelector<HTMLInputElement>('input[autocomplete="one-time-code"]');
    if (!input) return;
    input.value = code;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
  });
  return h("li", {}, h("span", {}, `${purpose.replaceAll("_", " ")} → ${destination}`), button);
}

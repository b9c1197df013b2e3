import type { Capabilities } from "../client.ts";
import { h } from "../dom.ts";
import { createSignInFlow } from "../flow/sign-in-flow.ts";
import { button } from "../parts/buttons.ts";
import type { Stage } from "../stage.ts";

/**
 * Has a user sign in once more, in a dialog, so that the rest of the page stays as it is.
 *
 * @throws {DOMException} `AbortError` — the user closed it
 */
export function freshSignIn(
  stage: Stage & Node,
  capabilities: Capabilities,
  username: string,
): Promise<void> {
  const content = h("div", {});
  const { labels } = stage;
  const cancel = button(labels.cancel, "link", () => dialog.close());
  const dialog = h(
    "dialog",
    { class: "portico-dialog", "aria-label": labels.reauthenticate_title },
    content,
    h("p", { class: "portico-foot" }, cancel),
  );
  const flow = createSignInFlow({
    stage: within(stage, content),
    capabilities,
    username,
    isFixed: true,
    done: () => dialog.close("done"),
  });
  stage.appendChild(h("div", { class: "portico" }, dialog));
  return new Promise((resolve, reject) => {
    dialog.addEventListener("close", () => {
      dialog.parentElement?.remove();
      if (dialog.returnValue === "done") resolve();
      else reject(new DOMException("The sign-in was called off.", "AbortError"));
    });
    dialog.showModal();
    flow.start();
  });
}

/** Makes a stage of a place within another. */
function within(stage: Stage, place: HTMLElement): Stage {
  const { client, labels, language, signal } = stage;
  return {
    client,
    labels,
    language,
    signal,
    say: (name, values) => stage.say(name, values),
    explain: (error) => stage.explain(error),
    heading: (text, id) => h("h2", { class: "portico-title", id, tabindex: -1 }, text),
    show(screen) {
      place.replaceChildren(screen);
      screen.querySelector<HTMLElement>("input:not([readonly], [aria-hidden])")?.focus();
    },
    tell: (text) => stage.tell(text),
    linkTo: (destination, label) => stage.linkTo(destination, label),
    emit: (name, detail) => stage.emit(name, detail),
    guarded: (operation) => stage.guarded(operation),
  };
}

import { h } from "./dom.ts";
import { PorticoElement } from "./element.ts";
import { rememberedName } from "./flow/remembered.ts";
import { createSignInFlow } from "./flow/sign-in-flow.ts";
import { button } from "./parts/buttons.ts";
import { whenClicked } from "./parts/form.ts";

/** Signs a user in: `<portico-sign-in>`. */
export class PorticoSignIn extends PorticoElement {
  protected async start(): Promise<void> {
    const { client, signal } = this;
    const [capabilities, session] = await Promise.all([
      client.capabilities({ signal }),
      // Whether somebody is signed in is no reason to show nothing.
      client.session({ signal }).catch(() => undefined),
    ]);
    let isHere = false;
    const flow = createSignInFlow({
      stage: this,
      capabilities,
      username: rememberedName(),
      done: (username) => {
        isHere = true;
        this.#done(username);
      },
    });
    // In another tab, that is: this page can go on as well.
    this.whenGone(
      client.onChange((change) => {
        if (change === "signed_in" && !isHere && !this.#isBusy)
          void this.#greet(() => flow.start());
      }),
    );
    if (session) {
      this.#showSignedIn(session.username, () => flow.start());
      return;
    }
    flow.start();
    const name = rememberedName();
    if (name !== undefined && capabilities.sign_in.first_factors.includes("passkey")) {
      this.#offerPasskey(name).catch(() => undefined);
    }
  }

  /**
   * Offers the passkey of a user who is remembered where the browser fills the name in. Whatever comes of it but a sign-in is
   * nobody's concern, as there are other ways in on the screen.
   */
  async #offerPasskey(username: string): Promise<void> {
    const { client, signal } = this;
    const passkeys = await client.passkeys();
    if (!(await passkeys.isAutofillAvailable())) return;
    const ended = new AbortController();
    const stop = () => ended.abort();
    this.whenGone(stop);
    this.addEventListener("submit", stop, { once: true });
    const step = await passkeys.autofill(
      { username, keepSignedIn: true },
      { signal: ended.signal },
    );
    if (step.type === "signed_in" && !signal.aborted) this.#done(username);
  }

  /** Whether a sign-in of this element's own is under way. */
  get #isBusy(): boolean {
    return this.querySelector("[data-busy]") !== null;
  }

  async #greet(again: () => void): Promise<void> {
    const session = await this.client.session({ signal: this.signal }).catch(() => undefined);
    if (session && !this.signal.aborted) this.#showSignedIn(session.username, again);
  }

  #done(username: string): void {
    if (this.emit("portico-signed-in", { username }) && !this.leave()) {
      this.#showSignedIn(username, () => void this.start());
    }
  }

  #showSignedIn(name: string, again: () => void): void {
    const { labels, client } = this;
    const out = button(labels.other_account, "secondary", () => undefined);
    const alert = whenClicked(this, out, async () => {
      await client.signOut();
      this.emit("portico-signed-out");
      again();
    });
    const on = this.hasAttribute("return-to")
      ? button(labels.continue, "primary", () => this.leave())
      : undefined;
    this.show(
      h(
        "div",
        { class: "portico-screen" },
        this.heading(labels.signed_in_title),
        h("p", { class: "portico-text" }, this.say("signed_in_as", { name })),
        alert,
        h("div", { class: "portico-actions" }, on, out),
        !on && h("p", { class: "portico-foot" }, this.linkTo("account", labels.account_title)),
      ),
    );
  }
}

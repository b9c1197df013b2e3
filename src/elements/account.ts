import { deletionSection } from "./account/deletion.ts";
import { type Desk, dateWriter, withFreshSignIn } from "./account/desk.ts";
import { freshSignIn } from "./account/fresh-sign-in.ts";
import { passkeySection } from "./account/passkeys.ts";
import { passwordSection } from "./account/password.ts";
import { profileSection } from "./account/profile.ts";
import { secondFactorSection } from "./account/second-factors.ts";
import { createSection, type SectionParts } from "./account/section.ts";
import { sessionSection } from "./account/sessions.ts";
import type { Schemas } from "./client.ts";
import { h } from "./dom.ts";
import { PorticoElement } from "./element.ts";
import { button } from "./parts/buttons.ts";
import { whenClicked } from "./parts/form.ts";

/** The account of the user who is signed in: `<portico-account>`. */
export class PorticoAccount extends PorticoElement {
  protected async start(): Promise<void> {
    const { client, signal } = this;
    const [capabilities, session] = await Promise.all([
      client.capabilities({ signal }),
      client.session({ signal }),
    ]);
    this.whenGone(client.onChange((change) => this.#changed(change)));
    if (!session) {
      this.#showSignedOut();
      return;
    }
    const account = await client.account();
    const profile = capabilities.account.profile ? await account.profile({ signal }) : undefined;
    const name = signInName(profile) ?? session.username;
    const desk: Desk = {
      stage: this,
      account,
      capabilities,
      passkeys: () => client.passkeys(),
      fresh: withFreshSignIn(() => freshSignIn(this, capabilities, name)),
      date: dateWriter(this.language),
    };
    this.#show(desk, name);
  }

  #changed(change: "signed_in" | "signed_out"): void {
    // A deleted account has its own last words.
    if (change === "signed_out" && this.querySelector(".portico-account")) {
      this.emit("portico-signed-out");
      this.#showSignedOut();
    }
    if (change === "signed_in" && !this.querySelector(".portico-account")) void this.start();
  }

  #show(desk: Desk, name: string): void {
    const sections = sectionsOf(desk, name, () => this.#showDeleted()).map((parts) =>
      createSection(this, this.level, parts),
    );
    this.show(
      h("div", { class: "portico-account" }, this.#head(name), ...sections.map(({ node }) => node)),
    );
    for (const section of sections) void section.load();
  }

  #head(name: string): HTMLElement {
    const { labels, client } = this;
    const out = button(labels.sign_out, "secondary", () => undefined);
    out.classList.add("portico-button--small");
    const alert = whenClicked(this, out, () => client.signOut());
    return h(
      "header",
      { class: "portico-account-head" },
      h(
        "div",
        {},
        this.heading(labels.account_title),
        h("p", { class: "portico-text" }, this.say("signed_in_as", { name })),
      ),
      out,
      alert,
    );
  }

  #showSignedOut(): void {
    const { labels } = this;
    this.showMessage(labels.signed_out_title, labels.signed_out_text, "sign-in");
  }

  #showDeleted(): void {
    const { labels } = this;
    this.emit("portico-deleted");
    this.showMessage(labels.deleted_title, labels.deleted_text);
  }
}

/** Gives the parts of an account that the service has. */
function sectionsOf(desk: Desk, name: string, deleted: () => void): readonly SectionParts[] {
  const { account, passkeys, second_factors } = desk.capabilities;
  const { session_list, sign_out_everywhere } = account;
  return [
    ...(account.profile ? [profileSection(desk)] : []),
    ...(account.password_change ? [passwordSection(desk, name)] : []),
    ...(second_factors.available.length > 0 ? [secondFactorSection(desk)] : []),
    ...(passkeys ? [passkeySection(desk)] : []),
    ...(session_list || sign_out_everywhere ? [sessionSection(desk)] : []),
    ...(account.deletion ? [deletionSection(desk, deleted)] : []),
  ];
}

/** Gives the name that a user signs in with: an address, where the provider's own name for them is none that anybody knows. */
function signInName(profile: Schemas["Profile"] | undefined): string | undefined {
  if (!profile) return undefined;
  const { username, sub, attributes } = profile;
  if (username !== sub) return username;
  const { email, phone_number } = attributes;
  return [email, phone_number].find((one) => typeof one === "string" && one !== "")?.toString();
}

import type { Capabilities } from "./client.ts";
import { h } from "./dom.ts";
import { PorticoElement } from "./element.ts";
import { confirmScreen } from "./flow/confirm.ts";
import { createSignInFlow } from "./flow/sign-in-flow.ts";
import { attributeField } from "./parts/attributes.ts";
import { form } from "./parts/form.ts";
import { newPasswordField } from "./parts/rules.ts";
import { usernameField } from "./parts/usernames.ts";

/** Makes an account, confirms it, and signs its user in: `<portico-sign-up>`. */
export class PorticoSignUp extends PorticoElement {
  protected async start(): Promise<void> {
    const capabilities = await this.client.capabilities({ signal: this.signal });
    if (capabilities.sign_up.status === "closed") {
      const { sign_up_closed_title: title, sign_up_closed_text: text } = this.labels;
      this.showMessage(title, text, "sign-in");
      return;
    }
    this.show(this.#form(capabilities));
  }

  #form(capabilities: Capabilities): HTMLFormElement {
    const { labels } = this;
    const { usernames } = capabilities.sign_up;
    const name = usernameField(this, usernames, { pointers: addressPointers(usernames) });
    const attributes = attributeNames(capabilities).map((one) => attributeField(this, one));
    const password = newPasswordField(this, capabilities, {
      name: "password",
      label: labels.password,
    });
    const made = form(this, {
      title: labels.sign_up_title,
      fields: [name, ...attributes, password],
      submit: labels.sign_up,
      after: [
        h(
          "p",
          { class: "portico-foot" },
          labels.have_account,
          this.linkTo("sign-in", labels.sign_in),
        ),
      ],
      send: async ({ username = "", password = "", ...given }) => {
        const account = { username, password, ...(attributes.length > 0 && { attributes: given }) };
        const { status, delivery } = await this.client.signUp(
          account,
          await this.guarded("signUp"),
        );
        this.emit("portico-signed-up", { username, status });
        if (status === "approval_required") {
          this.showMessage(labels.approval_title, labels.approval_text, "sign-in");
          return;
        }
        const back = () => this.show(made);
        const confirmed = () => this.#signIn(capabilities, username, password);
        if (status === "confirmed") await confirmed();
        else {
          const waiting = { username, password, capabilities, restart: back, confirmed };
          this.show(confirmScreen(this, { ...waiting, ...(delivery && { delivery }) }));
        }
      },
    });
    return made;
  }

  /** Signs in whoever has just shown that the account is theirs. */
  async #signIn(capabilities: Capabilities, username: string, password: string): Promise<void> {
    const { client, labels } = this;
    const flow = createSignInFlow({
      stage: this,
      capabilities,
      username,
      done: () => this.finish(username),
    });
    const step = client.signIn({ username, password }, this);
    await flow.follow(username, password, step).catch(() => flow.start(labels.confirmed));
  }
}

/** Attributes besides the name: those that are required, and an address for the code where the name is none. */
function attributeNames({ sign_up }: Capabilities): readonly string[] {
  const { usernames = [], required_attributes = [], confirmation = [] } = sign_up;
  const isAddress = (kind: string) => usernames.some((one) => one === kind);
  const isOneOf = usernames.some((kind) => kind !== "username");
  const [address] = isOneOf ? [] : confirmation;
  const all = [...(address ? [address] : []), ...required_attributes];
  return [...new Set(all)].filter((one) => !(usernames.length === 1 && isAddress(one)));
}

/** A fault of an address that is the name is told of the name. */
function addressPointers(usernames: Capabilities["sign_up"]["usernames"] = []): readonly string[] {
  return usernames.map((kind) => `/attributes/${kind}`);
}

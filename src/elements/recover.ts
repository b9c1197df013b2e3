import { PorticoElement } from "./element.ts";
import { signInAfterReset } from "./flow/after-reset.ts";
import { recoverScreen } from "./flow/recover.ts";
import { createSignInFlow } from "./flow/sign-in-flow.ts";

/** Gives a user who forgot the password a new one, and signs them in: `<portico-recover>`. */
export class PorticoRecover extends PorticoElement {
  protected async start(): Promise<void> {
    const { client, labels, signal } = this;
    const capabilities = await client.capabilities({ signal });
    if (!capabilities.recovery) {
      this.showMessage(labels.no_recovery_title, labels.no_recovery_text, "sign-in");
      return;
    }
    const reset = async (username: string, password: string) => {
      this.emit("portico-recovered", { username });
      const flow = createSignInFlow({
        stage: this,
        capabilities,
        username,
        done: () => this.finish(username),
      });
      const step = signInAfterReset(this, { username, password });
      await flow.follow(username, password, step).catch(() => flow.start(labels.reset_done));
    };
    this.show(recoverScreen(this, { capabilities, reset }));
  }
}

import type { Capabilities, Step } from "../client.ts";
import { isPorticoError } from "../client.ts";
import { h } from "../dom.ts";
import { button } from "../parts/buttons.ts";
import type { Stage } from "../stage.ts";

/** A sign-in that is under way on a stage. */
export interface Flow {
  readonly stage: Stage;
  /** The name that the sign-in was begun with. */
  readonly username: string;
  readonly capabilities: Capabilities;
  /** Whether a password was shown, so that a code is a second factor. */
  readonly hasPassword: boolean;
  /** Begins anew, and says why. */
  restart(notice?: string): void;
  /** Shows the next step. */
  next(step: Step): void;
}

/** Goes on to the next step; where the time for this one has run out, the sign-in begins anew. */
export async function goOn({ stage, restart, next }: Flow, step: Promise<Step>): Promise<void> {
  try {
    next(await step);
  } catch (error) {
    if (!isPorticoError(error, "challenge_expired")) throw error;
    restart(stage.labels.expired);
  }
}

/** Says who is signing in, and lets them say that it is somebody else. */
export function who({ stage, username, restart }: Pick<Flow, "stage" | "username" | "restart">) {
  return h(
    "p",
    { class: "portico-who" },
    h("span", {}, stage.say("signing_in_as", { name: username })),
    button(stage.labels.change, "link", () => restart()),
  );
}

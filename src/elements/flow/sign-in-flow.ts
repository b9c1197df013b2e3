import type { Capabilities } from "../client.ts";
import { isPorticoError, type Step } from "../client.ts";
import { h } from "../dom.ts";
import type { Stage } from "../stage.ts";
import { signInAfterReset } from "./after-reset.ts";
import { confirmScreen } from "./confirm.ts";
import type { Flow } from "./flow.ts";
import { recoverScreen } from "./recover.ts";
import { startScreen, waitsFor } from "./start.ts";
import { stepScreen } from "./steps.ts";

/** A sign-in from its first screen to its end. */
export interface SignInFlow {
  /** Shows the first screen. The fields keep what was typed, but for the password. */
  start(notice?: string): void;
  /** Takes up a sign-in that was begun elsewhere. */
  follow(username: string, password: string | undefined, step: Promise<Step>): Promise<void>;
}

/** The parts that a sign-in is made of. */
export interface SignInFlowOptions {
  readonly stage: Stage;
  readonly capabilities: Capabilities;
  /** The name that the sign-in begins with. */
  readonly username?: string | undefined;
  readonly isFixed?: boolean;
  /** Told who has signed in. */
  done(username: string): void;
  /** Shows something else than the first screen of a sign-in, where it begins anew. */
  restart?: (notice?: string) => void;
}

/** Makes a sign-in on a stage: the first screen, every step, and what an account may wait for in between. */
export function createSignInFlow(options: SignInFlowOptions): SignInFlow {
  const { stage, capabilities, isFixed = false } = options;
  const { labels } = stage;
  let name = options.username;

  function start(notice?: string) {
    const screen = startScreen(stage, {
      capabilities,
      username: name,
      notice,
      isFixed,
      begun: follow,
    });
    if (!isFixed && capabilities.sign_up.status !== "closed") {
      const link = stage.linkTo("sign-up", labels.create_account);
      screen.append(h("p", { class: "portico-foot" }, labels.no_account, link));
    }
    stage.show(screen);
  }

  const restart = options.restart ?? start;

  const follow: SignInFlow["follow"] = async (username, password, step) => {
    name = username;
    const hasPassword = password !== undefined;
    const flow: Flow = { stage, username, capabilities, hasPassword, restart, next };
    function next(step: Step) {
      if (step.type === "signed_in") options.done(username);
      else stage.show(stepScreen(flow, step));
    }
    try {
      next(await step);
    } catch (error) {
      const what = waitsFor(error);
      if (what === "confirmation") confirm(username, password);
      else if (what === "reset") reset(username);
      else if (isPorticoError(error, "challenge_expired")) restart(labels.expired);
      else throw error;
    }
  };

  const signInAgain = async (username: string, password: string | undefined, notice: string) => {
    if (password === undefined) return start(notice);
    const step = signInAfterReset(stage, { username, password });
    // The account is confirmed, or its password reset, whatever becomes of the sign-in after it.
    await follow(username, password, step).catch(() => start(notice));
  };

  function confirm(username: string, password: string | undefined) {
    const confirmed = () => signInAgain(username, password, labels.confirmed);
    const notice = labels.not_confirmed;
    stage.show(
      confirmScreen(stage, { username, password, capabilities, notice, restart, confirmed }),
    );
  }

  function reset(username: string) {
    stage.show(
      recoverScreen(stage, {
        username,
        capabilities,
        notice: labels.reset_required,
        reset: (name, password) => signInAgain(name, password, labels.reset_done),
      }),
    );
  }

  return { start, follow };
}

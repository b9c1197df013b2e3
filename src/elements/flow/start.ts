import type { Capabilities } from "../client.ts";
import { isPorticoError, type Step } from "../client.ts";
import { type Content, h } from "../dom.ts";
import { button } from "../parts/buttons.ts";
import { checkbox, passwordField } from "../parts/fields.ts";
import { form, whenClicked } from "../parts/form.ts";
import { usernameField } from "../parts/usernames.ts";
import type { Stage } from "../stage.ts";
import { rememberedName, rememberName } from "./remembered.ts";

type Factor = Capabilities["sign_in"]["first_factors"][number];

/** The beginning of a sign-in, as the one who draws it wants it. */
export interface Start {
  readonly capabilities: Capabilities;
  readonly username?: string | undefined;
  readonly notice?: string | undefined;
  /** Whether nobody but the user of that name is to sign in. */
  readonly isFixed?: boolean;
  /** Told of the password, too, as a sign-up that was not confirmed needs it. */
  begun(username: string, password: string | undefined, step: Promise<Step>): Promise<void>;
}

/** Asks for the user name, and for a password or another way to begin. */
export function startScreen(stage: Stage, start: Start): HTMLFormElement {
  const { labels } = stage;
  const { capabilities, username, notice, isFixed = false } = start;
  const { first_factors: factors, usernames } = capabilities.sign_in;
  const hasPassword = factors.includes("password");
  const name = usernameField(stage, usernames, {
    value: username,
    autocomplete: factors.includes("passkey") ? "username webauthn" : "username",
  });
  name.input.readOnly = isFixed;
  const keepable = capabilities.browser_sessions && !isFixed;
  const keep = checkbox("keep", labels.keep_signed_in);
  keep.input.checked = keepable && rememberedName() !== undefined;
  const password = passwordField(
    { name: "password", label: labels.password, autocomplete: "current-password" },
    labels,
  );
  const [first = "password", ...others] = factors.filter((factor) => factor !== "custom");
  const begin = (factor: Factor, word?: string) => {
    const username = name.value();
    const input = {
      username,
      ...(factor === "password" ? { password: word ?? "" } : { factor }),
      keepSignedIn: keep.input.checked,
    };
    const step = stage.client.signIn(input, stage);
    if (keepable)
      step.then(
        () => rememberName(username, keep.input.checked),
        () => undefined,
      );
    return start.begun(username, word, step);
  };
  return form(stage, {
    title: isFixed ? labels.reauthenticate_title : labels.sign_in_title,
    text: isFixed ? labels.reauthenticate_text : undefined,
    notice,
    fields: hasPassword ? [name, password] : [name],
    beforeSubmit: [
      belowFields(stage, capabilities, { hasPassword, isFixed }, keepable && keep.node),
    ],
    submit: hasPassword ? labels.sign_in : wayLabel(stage, first),
    retry: "password",
    after: otherWays(stage, name, hasPassword ? factors : others, begin),
    send: ({ password: word }) => begin(hasPassword ? "password" : first, word),
  });
}

function belowFields(
  stage: Stage,
  { recovery }: Capabilities,
  { hasPassword, isFixed }: { readonly hasPassword: boolean; readonly isFixed: boolean },
  keep: Content,
): Content {
  const forgotten = recovery && hasPassword && !isFixed;
  if (!keep && !forgotten) return undefined;
  return h(
    "div",
    { class: "portico-foot portico-foot--split" },
    keep,
    forgotten && stage.linkTo("recover", stage.labels.forgot_password),
  );
}

/** Makes the ways in besides the first: each asks for the name before anything else. */
function otherWays(
  stage: Stage,
  name: ReturnType<typeof usernameField>,
  factors: readonly Factor[],
  begin: (factor: Factor) => Promise<void>,
): readonly Content[] {
  const ways = factors.filter((factor) => factor !== "password" && factor !== "custom");
  if (ways.length === 0) return [];
  const stack = h("div", { class: "portico-stack" });
  const alerts = ways.map((factor) => {
    const made = button(wayLabel(stage, factor), "secondary", () => undefined, wayIcons[factor]);
    stack.append(made);
    return whenClicked(stage, made, async () => {
      name.fail(name.value() === "" ? stage.labels.required : undefined);
      if (name.value() === "") name.input.focus();
      else await begin(factor);
    });
  });
  return [h("p", { class: "portico-divider" }, stage.labels.or), ...alerts, stack];
}

const wayIcons = {
  passkey: "passkey",
  email_code: "mail",
  sms_code: "phone",
  password: "key",
  custom: "key",
} as const;

function wayLabel({ labels }: Stage, factor: Factor): string {
  if (factor === "passkey") return labels.with_passkey;
  if (factor === "email_code") return labels.with_email_code;
  if (factor === "sms_code") return labels.with_sms_code;
  return factor === "custom" ? labels.continue : labels.with_password;
}

/** Tells whether a sign-in was refused as the account waits for something that can be done here. */
export function waitsFor(error: unknown): "confirmation" | "reset" | undefined {
  if (isPorticoError(error, "user_not_confirmed")) return "confirmation";
  return isPorticoError(error, "password_reset_required") ? "reset" : undefined;
}

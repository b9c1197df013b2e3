import {
  createClient,
  faultTextOf,
  isPorticoError,
  loadTexts,
  type Step,
  textOf,
} from "../../src/client.ts";

const auth = createClient();
const texts = await loadTexts();

const input = (label: string, more: string) => `<label>${label} <input ${more} /></label>`;
const inputs = {
  username: input("Email", "name=username autocomplete=username"),
  password: input("Password", "name=password type=password autocomplete=current-password"),
  new_password: input("New password", "name=new_password type=password autocomplete=new-password"),
  code: input("Code", "name=code inputmode=numeric autocomplete=one-time-code"),
  name: input("Name", "name=name autocomplete=name"),
};
type Name = keyof typeof inputs;
type Values = Record<Name, string>;
type Submit = (values: Values) => unknown;
type Links = Record<string, () => unknown>;

/** Shows a form in place of the one before. */
function ask(title: string, names: Name[], submit?: Submit, links: Links = {}) {
  const form = document.createElement("form");
  form.innerHTML = `<h1></h1>${names.map((name) => inputs[name]).join("")}<p role="alert"></p>`;
  form.querySelector("h1")?.append(title);
  const send = () => submit?.(Object.fromEntries(new FormData(form)) as Values);
  for (const [text, act] of Object.entries(submit ? { Continue: send, ...links } : links)) {
    const button = document.createElement("button");
    button.append(text);
    button.onclick = () => attempt(act);
    form.append(button);
  }
  form.onsubmit = (event) => event.preventDefault();
  document.querySelector("main")?.replaceChildren(form);
  return form;
}

/** Does something, goes on with the sign-in that comes of it, and says what went wrong. */
async function attempt(act: () => unknown): Promise<void> {
  try {
    const step = (await act()) as Step | undefined;
    if (step) await goOn(step);
  } catch (error) {
    const faults = isPorticoError(error) ? error.errors.map((one) => faultTextOf(one, texts)) : [];
    const text = [textOf(error, texts), ...faults].join(" ");
    document.querySelector("[role=alert]")?.replaceChildren(text);
  }
}

async function goOn(step: Step): Promise<void> {
  if (step.type === "signed_in") return home();
  if (step.type === "passkey") return goOn(await step.answer());
  if (step.type === "totp" || step.type === "sms_code" || step.type === "email_code") {
    const lost = () => void ask("Recovery code", ["code"], step.recover);
    ask("Enter your code", ["code"], step.answer, { "I cannot get a code": lost });
  } else if (step.type === "new_password") {
    ask("Choose a password", ["new_password"], step.answer);
  } else if (step.type === "select_mfa") {
    const choices = step.methods.map((method) => [method, () => step.answer({ method })]);
    ask("How do you want to go on?", [], undefined, Object.fromEntries(choices));
  } else if (step.type === "mfa_setup") {
    if (!step.totp) return goOn(await step.answer({ method: "totp" }));
    const form = ask("Scan this with your app", ["code"], step.answer);
    form.insertAdjacentHTML("beforeend", (await step.qr()) ?? "");
  } else ask("This cannot go on here.", [], undefined, { Back: signIn });
}

function signIn() {
  const submit = (values: Values) =>
    auth.signIn(values).catch((error) => {
      if (isPorticoError(error, "user_not_confirmed")) return confirm(values);
      throw error;
    });
  const links = { "Create an account": signUp, "Forgot your password?": recover };
  ask("Sign in", ["username", "password"], submit, links);
}

function signUp() {
  const submit = async (account: Values) => {
    const { status } = await auth.signUp({ ...account, attributes: { email: account.username } });
    return status === "confirmed" ? auth.signIn(account) : confirm(account);
  };
  ask("Create an account", ["username", "password"], submit, { Back: signIn });
}

function confirm({ username, password }: Values) {
  const submit = async ({ code }: Values) => {
    await auth.confirmSignUp({ username, code });
    return auth.signIn({ username, password });
  };
  const links = { "Send it again": () => auth.resendConfirmation({ username }) };
  ask("We sent you a code", ["code"], submit, links);
}

function recover() {
  const submit = async ({ username }: Values) => {
    await auth.forgotPassword({ username });
    const reset = async ({ code, new_password }: Values) => {
      await auth.resetPassword({ username, code, new_password });
      return auth.signIn({ username, password: new_password });
    };
    ask("We sent you a code", ["code", "new_password"], reset, { Back: recover });
  };
  ask("Forgot your password?", ["username"], submit, { Back: signIn });
}

async function home(): Promise<void> {
  if (!(await auth.session())) return signIn();
  const account = await auth.account();
  const { attributes } = await account.profile();
  const save = ({ name }: Values) => account.updateProfile({ name }).then(home);
  const addApp = async () => {
    const { qr } = await account.startTotp();
    const submit = async (proof: Values) => {
      await account.confirmTotp(proof);
      await account.setMfa({ enabled: ["totp"] });
      const codes = await account.createRecoveryCodes();
      ask(`Keep these codes: ${codes.join(" ")}`, [], undefined, { Done: home });
    };
    ask("Scan this with your app", ["code"], submit).insertAdjacentHTML("beforeend", qr);
  };
  const title = `Hello ${attributes.name ?? attributes.email}`;
  ask(title, ["name"], save, { "Add an authenticator app": addApp, "Sign out": auth.signOut });
}

// Seen in every tab, whichever it happens in.
auth.onChange((change) => change === "signed_out" && signIn());
attempt(home);

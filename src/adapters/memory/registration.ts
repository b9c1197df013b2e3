import { normalizeUsername } from "../../domain/credentials.ts";
import { IdentityError } from "../../domain/errors.ts";
import type { AttributeValues, Delivery, SignUpResult } from "../../domain/user.ts";
import type { Registration, SignUpInput } from "../../ports/index.ts";
import { acceptSignUp } from "./attributes.ts";
import { provenContact } from "./codes.ts";
import { confirmationContact, contactsOf } from "./contacts.ts";
import type { Engine } from "./engine.ts";
import type { PasswordHash } from "./password-hash.ts";
import { checkPasswordPolicy } from "./password-policy.ts";
import { randomUuid } from "./random.ts";
import type { User } from "./users.ts";

const purpose = "sign_up_confirmation";

/** Makes the registration facet of the port. */
export function createRegistration(engine: Engine): Registration {
  return {
    signUp: (input) => signUp(engine, input),
    confirmSignUp: (input) => confirmSignUp(engine, input),
    resendConfirmation: (input) => resendConfirmation(engine, input),
  };
}

async function signUp(engine: Engine, input: SignUpInput): Promise<SignUpResult> {
  const { settings, accounts, users } = engine;
  const name = normalizeUsername(input.username);
  const attributes = acceptSignUp(name, input.attributes, settings.signInModel);
  checkPasswordPolicy(settings.passwordPolicy, input.password, "password");
  // Before the name is looked up, so that the time that a refusal takes does not tell that it is taken.
  const password = await engine.hasher.hash(input.password);
  return accounts.byName(name, async ({ key, user: existing }): Promise<SignUpResult> => {
    if (existing) throw new IdentityError("username_taken");
    const user = newUser(engine, { name, key, attributes, password });
    users.put(user);
    if (user.status === "confirmed") return { status: "confirmed" };
    const delivery = await sendCode(engine, key, user);
    return { status: "confirmation_required", ...(delivery && { delivery }) };
  });
}

async function confirmSignUp(
  { accounts, codes, users }: Engine,
  input: { readonly username: string; readonly code: string },
): Promise<void> {
  return accounts.byName(input.username, async (account) => {
    const attempt = await codes.attempt(account, purpose, input.code);
    const { user } = account;
    if (user && user.status !== "unconfirmed") throw new IdentityError("already_confirmed");
    if (!user) throw new IdentityError("code_mismatch");
    const verified = new Set(user.verified).add(provenContact(attempt));
    users.put({ ...user, status: "confirmed", verified });
  });
}

async function resendConfirmation(
  engine: Engine,
  { username }: { readonly username: string },
): Promise<Delivery | undefined> {
  const { accounts, limits, codes } = engine;
  return accounts.byName(username, async (account) => {
    const { key, user } = account;
    await limits.take(account, "resendsPerHour");
    if (user?.status === "unconfirmed") return sendCode(engine, key, user);
    await codes.issueNone(account, purpose);
    throw new IdentityError(user ? "already_confirmed" : "user_not_found");
  });
}

/** A user without any address gets no code, and can only be confirmed by someone else. */
async function sendCode(
  { settings, codes, courier }: Engine,
  key: string,
  user: User,
): Promise<Delivery | undefined> {
  const contact = confirmationContact(user, settings.signInModel);
  if (contact === undefined) {
    await codes.issueNone({ key, user }, purpose);
    return undefined;
  }
  const code = await codes.issue({ key, user }, purpose, contact);
  return courier.send(user, { purpose, code, contact });
}

function newUser(
  { settings }: Pick<Engine, "settings">,
  account: {
    readonly name: string;
    readonly key: string;
    readonly attributes: AttributeValues;
    readonly password: PasswordHash;
  },
): User {
  const { signInModel, autoConfirm, randomBytes } = settings;
  const { name, key, attributes, password } = account;
  const subject = randomUuid(randomBytes);
  return {
    subject,
    username: signInModel === "email" ? subject : name,
    key,
    attributes,
    verified: new Set(autoConfirm ? contactsOf({ attributes }) : []),
    password,
    status: autoConfirm ? "confirmed" : "unconfirmed",
    isEnabled: true,
  };
}

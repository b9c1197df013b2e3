import { checkNewPassword, normalizeUsername } from "../../../domain/credentials.ts";
import { IdentityError } from "../../../domain/errors.ts";
import type { Delivery, SignUpResult } from "../../../domain/user.ts";
import type { ConfirmSignUpInput, Registration, SignUpInput } from "../../../ports/index.ts";
import type { User } from "../database/user-rows.ts";
import type { Engine, RunOnEngine } from "../engine.ts";
import { acceptNewUser } from "../stores/attributes.ts";
import { requireAddressOf } from "../stores/one-time-codes.ts";
import type { NewUser } from "../stores/user-store.ts";

const purpose = "sign_up_confirmation";

/** Makes the registration facet of the port. */
export function createRegistration(run: RunOnEngine): Registration {
  return {
    signUp: (input) => run((engine) => signUp(engine, input)),
    confirmSignUp: (input) => run((engine) => confirmSignUp(engine, input)),
    resendConfirmation: (input) => run((engine) => resendConfirmation(engine, input)),
  };
}

/**
 * Makes a user where nobody has the address.
 *
 * @throws {IdentityError} `username_taken` — someone has it
 */
export async function createUser({ users }: Engine, user: NewUser): Promise<User> {
  if (await users.findByEmail(user.email)) throw new IdentityError("username_taken");
  try {
    return await users.create(user);
  } catch (cause) {
    // The database lets one of many have the address, whichever process they are in.
    if (await users.findByEmail(user.email)) throw new IdentityError("username_taken", { cause });
    throw cause;
  }
}

async function signUp(engine: Engine, input: SignUpInput): Promise<SignUpResult> {
  const { settings, accounts, passwords } = engine;
  const name = normalizeUsername(input.username);
  const { email, others: attributes } = acceptNewUser(name, input.attributes, "user");
  checkNewPassword(input.password, "password");
  // Before the name is looked up, so that the time that a refusal takes does not tell that it is taken.
  const passwordHash = await passwords.hash(input.password);
  return accounts.byName(email, async (account): Promise<SignUpResult> => {
    // Who reads the mail of the address is yet to be seen: the last password stands, not the first.
    if (account.user?.status === "unconfirmed")
      await passwords.set(account.user.subject, passwordHash);
    if (account.user) throw new IdentityError("username_taken");
    const status = settings.signUpApproval ? "approval_required" : "unconfirmed";
    const verified = { isEmailVerified: false, isPhoneVerified: false };
    const user = await createUser(engine, { email, attributes, status, ...verified, passwordHash });
    if (status === "approval_required") return { status };
    return { status: "confirmation_required", delivery: await sendCode(engine, user) };
  });
}

async function confirmSignUp(
  { accounts, codes, users, passwords }: Engine,
  { username, code, password }: ConfirmSignUpInput,
): Promise<void> {
  if (password !== undefined) checkNewPassword(password, "password");
  const passwordHash = password === undefined ? undefined : await passwords.hash(password);
  return accounts.byName(username, async ({ key, user }) => {
    const attempt = await codes.attempt(key, purpose, code);
    if (user && !isWaiting(user)) throw new IdentityError("already_confirmed");
    if (!user) throw new IdentityError("code_mismatch");
    requireAddressOf(user, attempt);
    if (passwordHash !== undefined) await passwords.set(user.subject, passwordHash);
    await users.change(user, { status: "confirmed", isEmailVerified: true });
  });
}

function isWaiting({ status }: User): boolean {
  return status === "unconfirmed" || status === "approval_required";
}

async function resendConfirmation(
  engine: Engine,
  { username }: { readonly username: string },
): Promise<Delivery | undefined> {
  const { accounts, limits, codes } = engine;
  return accounts.byName(username, async ({ key, user }) => {
    await limits.take(key, "confirmation_resend");
    if (user?.status === "unconfirmed") return sendCode(engine, user);
    await codes.issue(key, purpose, undefined);
    throw new IdentityError(user ? "already_confirmed" : "user_not_found");
  });
}

async function sendCode({ codes, send }: Engine, user: User): Promise<Delivery> {
  const contact = { attribute: "email", address: user.email } as const;
  const code = await codes.issue(user.subject, purpose, contact);
  return send(user, { purpose, code, contact });
}

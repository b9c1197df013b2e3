import { normalizeUsername } from "../../../domain/credentials.ts";
import { IdentityError, isIdentityError } from "../../../domain/errors.ts";
import type { AttributeValues, Delivery, SignUpResult } from "../../../domain/user.ts";
import type { ConfirmSignUpInput, Registration, SignUpInput } from "../../../ports/index.ts";
import { confirmationContact, contactsOf, targetOf } from "../codes/contacts.ts";
import { withProvenContact } from "../codes/one-time-codes.ts";
import type { PasswordHash } from "../credentials/password-hash.ts";
import { checkPasswordPolicy } from "../credentials/password-policy.ts";
import type { Engine } from "../engine.ts";
import { invalid, refused } from "../errors.ts";
import type { MemorySettings } from "../settings/settings.ts";
import type { UserAccount } from "../tokens/signed-in-accounts.ts";
import { takeAliases } from "../users/alias-takeover.ts";
import { acceptAccount, requireAttributes } from "../users/attributes.ts";
import { newIdentity, newUser, type UserIdentity } from "../users/new-user.ts";
import type { User } from "../users/user.ts";

const purpose = "sign_up_confirmation";

/** The part of a sign-up that may count though its name is taken. */
interface LaterSignUp {
  readonly password: PasswordHash;
  readonly attributes: AttributeValues;
}

/** Makes the registration facet of the port. */
export function createRegistration(engine: Engine): Registration {
  return {
    signUp: (input) => signUp(engine, input, (user, later) => leavePassword(engine, user, later)),
    confirmSignUp: (input) => confirmSignUp(engine, input),
    resendConfirmation: (input) => resendConfirmation(engine, input),
  };
}

/**
 * Creates an account, as `Registration.signUp` does.
 *
 * @param input - `identity`: who the user is, if that was made up before
 * @param onWaiting - is given who waits for the code of an earlier sign-up under the name, and what this one brought
 */
export async function signUp(
  engine: Engine,
  input: SignUpInput & { readonly identity?: UserIdentity },
  onWaiting: (user: User, later: LaterSignUp) => void = () => undefined,
): Promise<SignUpResult> {
  const { settings, accounts } = engine;
  if (!settings.allowSignUp) throw new IdentityError("sign_up_disabled");
  const name = normalizeUsername(input.username);
  const attributes = acceptAccount(name, input.attributes, settings);
  requireAttributes(attributes, settings);
  refusePreferredName(attributes, settings);
  checkPasswordPolicy(settings.passwordPolicy, input.password, "password");
  const identity = input.identity ?? newIdentity(name, settings);
  // Before the name is looked up, so that the time that a refusal takes does not tell that it is taken.
  const password = await engine.hasher.hash(input.password, identity.username);
  return accounts.byName(name, async ({ user: existing }): Promise<SignUpResult> => {
    if (existing?.status === "unconfirmed") onWaiting(existing, { password, attributes });
    if (existing) throw new IdentityError("username_taken");
    return accounts.bySubject(identity.subject, async ({ key }) => {
      const groupIds = engine.groups.idsForNewcomer(name);
      const newcomer = { ...newUser(identity, attributes, password, settings), groupIds };
      const user = put(engine, signedUpUser(newcomer, settings));
      if (user.status !== "unconfirmed") return signUpResultOf(user);
      const delivery = await sendCode(engine, { key, user });
      return { status: "confirmation_required", ...(delivery && { delivery }) };
    });
  });
}

/**
 * Confirms a sign-up, as `Registration.confirmSignUp` does.
 *
 * @param input - `takesAlias`: whether an alias that is somebody else's is theirs no longer, in place of `alias_taken`
 */
export async function confirmSignUp(
  { accounts, codes, users, settings, hasher }: Engine,
  input: ConfirmSignUpInput & { readonly takesAlias?: boolean },
): Promise<void> {
  const { password } = input;
  if (password !== undefined) checkPasswordPolicy(settings.passwordPolicy, password, "password");
  return accounts.byName(input.username, async (account) => {
    const attempt = await codes.attempt(account, purpose, input.code);
    const { user } = account;
    if (user && user.status !== "unconfirmed" && user.status !== "approval_required")
      throw new IdentityError("already_confirmed");
    if (!user) throw refused("code_mismatch", "user_not_found");
    const proven = withProvenContact(user, attempt);
    const confirmed: User = {
      ...proven,
      status: "confirmed",
      ...(password !== undefined && { password: await hasher.hash(password, user.username) }),
    };
    if (input.takesAlias) takeAliases(users, confirmed, settings);
    users.put(confirmed);
    await codes.spend(account, purpose);
  });
}

async function resendConfirmation(
  engine: Engine,
  { username }: { readonly username: string },
): Promise<Delivery | undefined> {
  const { accounts, limits, codes } = engine;
  return accounts.byName(username, async (account) => {
    const { user } = account;
    await limits.take(account, "resendsPerHour");
    if (user?.status === "unconfirmed") return sendCode(engine, { ...account, user });
    await codes.issueNone(account, purpose);
    if (user?.status === "approval_required") return undefined;
    throw new IdentityError(user ? "already_confirmed" : "user_not_found");
  });
}

/**
 * Leaves the password of a later sign-up for whoever confirms the first, if both have the address that the code went to:
 * a name that is none is whose it was first, and who names another address will not read the code.
 */
function leavePassword(
  { users, settings }: Engine,
  user: User,
  { password, attributes }: LaterSignUp,
): void {
  const contact = confirmationContact(user, settings);
  if (contact === undefined) return;
  const [own, other] = [user.attributes, attributes].map((those) => those[contact]?.toLowerCase());
  if (own === other) users.put({ ...user, password });
}

/** A preferred user name that signs in is for those who are confirmed: anyone could take all that there are. */
function refusePreferredName(
  attributes: AttributeValues,
  { signInModel, aliases }: MemorySettings,
): void {
  const isAlias = signInModel === "alias" && aliases.includes("preferred_username");
  if (isAlias && attributes.preferred_username !== undefined)
    throw invalid(["attributes", "preferred_username"], "not_confirmed");
}

async function sendCode(
  { settings, codes, courier }: Engine,
  account: UserAccount,
): Promise<Delivery | undefined> {
  const { user } = account;
  const contact = confirmationContact(user, settings);
  if (contact === undefined) {
    await codes.issueNone(account, purpose);
    return undefined;
  }
  const code = await codes.issue(account, purpose, targetOf(user, contact));
  return courier.send(user, { purpose, code, contact });
}

/** Stores a new user. Of two sign-ups under different spellings of one name, the second finds it taken only here. */
function put({ users }: Engine, user: User): User {
  try {
    return users.put(user);
  } catch (cause) {
    if (isIdentityError(cause, "alias_taken")) throw new IdentityError("username_taken", { cause });
    throw cause;
  }
}

/** Gives a new user the status of one who signed themselves up: without an address, an administrator has to approve. */
function signedUpUser(user: User, settings: MemorySettings): User {
  const isConfirmable = confirmationContact(user, settings) !== undefined;
  if (settings.signUpApproval && user.groupIds.size === 0)
    return { ...user, status: "approval_required" };
  if (settings.autoConfirm)
    return { ...user, status: "confirmed", verified: new Set(contactsOf(user)) };
  return { ...user, status: isConfirmable ? "unconfirmed" : "approval_required" };
}

function signUpResultOf({ status }: User): SignUpResult {
  return { status: status === "approval_required" ? status : "confirmed" };
}

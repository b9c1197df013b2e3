import { isIdentityError } from "../../../domain/errors.ts";
import type { Delivery } from "../../../domain/user.ts";
import { isSameText } from "../../shared/constant-time.ts";
import { randomCode } from "../../shared/random.ts";
import { mask, mediumOf } from "../codes/contacts.ts";
import type { OutgoingMessage } from "../codes/outbox.ts";
import type { Engine } from "../engine.ts";
import { refused, tooManyAttempts } from "../errors.ts";
import { contactOfFactor, signInContact } from "../factors/second-factor-methods.ts";
import { countUnprovenAddress } from "../limits/unproven-addresses.ts";
import type { Contact } from "../settings/options.ts";
import type { Account } from "../users/accounts.ts";
import type { User } from "../users/user.ts";
import type { OpenSignIn, SignInCode } from "./challenge-store.ts";

/** The length of codes, as Amazon Cognito has it: longer where nothing else protects the account. */
const firstFactorDigits = 8;
const secondFactorDigits = 6;

/**
 * Sends a code that stands for the password. Where there is nobody to send it to, the sign-in goes on alike.
 *
 * @throws {IdentityError} `too_many_attempts` — too many codes were asked for
 */
export async function sendFirstFactor(
  engine: Engine,
  account: Account,
  type: SignInCode["type"],
): Promise<SignInCode> {
  const { user } = account;
  await engine.limits.take(account, "signInCodesPerHour");
  const contact = user && signInContact(user, type, engine.settings);
  if (!user || !contact) return { type, use: "first_factor", sent: undefined, wrong: 0 };
  const code = randomCode(engine.settings.randomBytes, firstFactorDigits);
  const sent = await send(engine, user, { purpose: "sign_in_code", code, contact });
  return { type, use: "first_factor", wrong: 0, sent };
}

/**
 * Sends a code that comes after the first factor.
 *
 * @param newAddress - where to, if the factor is being set up with an address that is not proven yet
 */
export async function sendSecondFactor(
  engine: Engine,
  user: User,
  type: SignInCode["type"],
  newAddress?: string,
): Promise<SignInCode> {
  const code = randomCode(engine.settings.randomBytes, secondFactorDigits);
  const sent = await send(engine, user, {
    purpose: "mfa_code",
    code,
    contact: contactOfFactor(type),
    ...(newAddress !== undefined && { address: newAddress }),
  });
  return { type, use: newAddress === undefined ? "second_factor" : "set_up", wrong: 0, sent };
}

/**
 * Sends another code in the place of one of a sign-in. Wrong ones stay counted: a new code is no new try.
 *
 * @throws {IdentityError} `too_many_attempts` — too many codes were asked for, or the account is locked
 */
export async function sendSignInCodeAgain(
  engine: Engine,
  account: Account,
  { type, use, wrong, sent }: SignInCode,
): Promise<SignInCode> {
  if (use === "first_factor") return { ...(await sendFirstFactor(engine, account, type)), wrong };
  const { user } = account;
  if (!user) throw refused("challenge_expired", "session_unknown");
  await engine.lockout.admit(account);
  await engine.limits.take(account, "signInCodesPerHour");
  if (use === "second_factor" || !sent) return sendSecondFactor(engine, user, type);
  await countUnprovenAddress(engine.limits, account, sent);
  return sendSecondFactor(engine, user, type, sent.address);
}

/**
 * Compares a code with the one that was sent. Wrong first factors count for their challenge, wrong second ones towards
 * the account's lock.
 *
 * @throws {IdentityError} `code_mismatch` — not the code that was sent
 * @throws {IdentityError} `too_many_attempts` — too many wrong ones: nothing was compared
 */
export async function checkSignInCode(
  engine: Engine,
  account: Account,
  { open, ask }: { readonly open: OpenSignIn; readonly ask: SignInCode },
  code: string,
): Promise<NonNullable<SignInCode["sent"]>> {
  const { settings, lockout, challenges } = engine;
  if (ask.use !== "first_factor") await lockout.admit(account);
  else if (ask.wrong >= settings.limits.wrongTriesPerCode)
    throw tooManyAttempts(open.expiresAt - settings.clock.now());
  await settings.pause();
  if (ask.sent && isSameText(code, ask.sent.code)) return ask.sent;
  if (ask.use !== "first_factor") await lockout.recordFailure(account);
  else challenges.update({ ...open, ask: { ...ask, wrong: ask.wrong + 1 } });
  throw refused("code_mismatch", "wrong_code");
}

/** Tells the delivery of a code. Where none went, it tells what it would have told, and the same every time. */
export async function deliveryOf(
  { simulationKey }: Pick<Engine, "simulationKey">,
  username: string,
  { type, sent }: SignInCode,
): Promise<Delivery> {
  const contact = contactOfFactor(type);
  const address = sent?.address ?? (await simulatedAddress(simulationKey, username, contact));
  return { medium: mediumOf(contact), destination: mask(contact, address) };
}

/** A message that cannot be sent must not tell that there is someone to send it to. */
async function send(
  { courier }: Engine,
  user: User,
  message: OutgoingMessage,
): Promise<SignInCode["sent"]> {
  const { contact, code, address = user.attributes[contact] ?? "" } = message;
  try {
    await courier.send(user, message);
  } catch (error) {
    if (!isIdentityError(error, "delivery_failed")) throw error;
  }
  return { contact, address, code };
}

/** An address that nobody has, as made of a user name as that of its user would be. */
async function simulatedAddress(
  simulationKey: () => Promise<CryptoKey>,
  username: string,
  contact: Contact,
): Promise<string> {
  const isAddress = username.includes("@");
  if (contact === "email" && isAddress) return username;
  if (contact === "phone_number" && /^\+\d+$/.test(username)) return username;
  const name = new TextEncoder().encode(username.toLowerCase().normalize("NFC"));
  const mac = new DataView(await crypto.subtle.sign("HMAC", await simulationKey(), name));
  if (contact === "phone_number") return String(mac.getUint32(0)).padStart(4, "0");
  const letter = (index: number) => String.fromCharCode(97 + (mac.getUint8(index) % 26));
  return `${letter(0)}@${letter(1)}`;
}
